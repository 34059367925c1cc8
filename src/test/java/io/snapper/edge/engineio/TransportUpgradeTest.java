package io.snapper.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.protocol.engineio.EngineIoTransport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportUpgradeTest {
  private final TestEdge test = new TestEdge();
  private final EngineIoConnection connection = test.session("ann", EngineIoRevision.V3);
  private final RecordingTransport polling = new RecordingTransport(EngineIoTransport.POLLING);
  private final RecordingTransport socket = new RecordingTransport(EngineIoTransport.WEBSOCKET);
  private TestEdge.RecordedSession session;

  @BeforeEach
  void openByPolling() {
    connection.attach(polling);
    connection.onWritable(polling);
    connection.start();
    session = test.lastConnecting().complete();
  }

  @Test
  void shouldOfferUpgradeInOpenPacket() {
    assertThat(polling.last()).contains("\"upgrades\":[\"websocket\"]");
  }

  @Test
  void shouldAnswerProbeAndReleaseWaitingPollEvery100Ms() {
    connection.offerUpgrade(socket);
    connection.onWritable(polling);

    connection.onText(socket, "2probe");

    assertThat(socket.packets()).containsExactly("3probe");
    assertThat(polling.writes()).hasSize(1);
    test.time().advance(100);
    assertThat(polling.last()).isEqualTo("6");
    connection.onWritable(polling);
    assertThat(polling.writes()).hasSize(2);
    test.time().advance(100);
    assertThat(polling.writes()).hasSize(3);
  }

  @Test
  void shouldCarryEverythingByPollingUntilUpgradePacketAndBySocketAfterIt() {
    connection.offerUpgrade(socket);
    connection.onText(socket, "2probe");
    connection.onWritable(socket);

    connection.deliver(TestEdge.batch("b1", "one"));
    connection.onWritable(polling);
    connection.onText(polling, "4{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"result\":\"OK\"}");
    connection.deliver(TestEdge.batch("b2", "two"));
    connection.onText(socket, "5");

    assertThat(polling.packets()).filteredOn(packet -> packet.contains("b1")).hasSize(1);
    assertThat(polling.packets()).noneMatch(packet -> packet.contains("b2"));
    assertThat(polling.isRetired()).isTrue();
    assertThat(socket.packets()).filteredOn(packet -> packet.contains("b2")).hasSize(1);
    connection.onText(socket, "4{\"jsonrpc\":\"2.0\",\"id\":\"b2\",\"result\":\"OK\"}");
    assertThat(session.calls()).containsExactly("acknowledge b1", "acknowledge b2");
  }

  @Test
  void shouldWaitForProbeAnswerToBeSentBeforeNextPacket() {
    connection.offerUpgrade(socket);
    connection.onText(socket, "2probe");
    connection.onText(socket, "5");

    connection.deliver(TestEdge.batch("b1", "one"));

    assertThat(socket.packets()).containsExactly("3probe");
    connection.onWritable(socket);
    assertThat(socket.writes()).hasSize(2);
  }

  @Test
  void shouldStopReleasingPollsAfterUpgrade() {
    connection.offerUpgrade(socket);
    connection.onText(socket, "2probe");
    connection.onWritable(socket);
    connection.onText(socket, "5");

    test.time().advance(20_000);

    assertThat(socket.packets()).containsExactly("3probe");
    assertThat(connection.isClosed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "2", "4x", "x", "1"})
  void shouldLeavePollingUntouchedWhenProbeFails(String packet) {
    connection.offerUpgrade(socket);

    connection.onText(socket, packet);
    connection.deliver(TestEdge.batch("b1", "one"));
    connection.onWritable(polling);

    assertThat(socket.closeReason()).isNotNull();
    assertThat(connection.isClosed()).isFalse();
    assertThat(polling.last()).contains("b1");
    assertThat(session.calls()).isEmpty();
  }

  @Test
  void shouldGiveUpAfterTimeoutAndAdmitNextAttempt() {
    connection.offerUpgrade(socket);
    connection.onText(socket, "2probe");

    test.time().advance(TransportUpgrade.TIMEOUT_MS);

    assertThat(socket.closeReason()).isNotNull();
    assertThat(connection.isClosed()).isFalse();
    assertThat(connection.offerUpgrade(new RecordingTransport(EngineIoTransport.WEBSOCKET)))
        .isTrue();
  }

  @Test
  void shouldSurviveSocketThatBreaksWhileUpgrading() {
    connection.offerUpgrade(socket);
    connection.onText(socket, "2probe");

    connection.onTransportClosed(socket, CloseReason.CLIENT_GONE);

    assertThat(connection.isClosed()).isFalse();
    assertThat(session.calls()).isEmpty();
  }

  @Test
  void shouldTakeOneCandidateAtATimeAndNoneAfterwards() {
    RecordingTransport second = new RecordingTransport(EngineIoTransport.WEBSOCKET);

    assertThat(connection.offerUpgrade(socket)).isTrue();
    assertThat(connection.offerUpgrade(second)).isFalse();
    connection.onText(socket, "2probe");
    connection.onText(socket, "5");
    assertThat(connection.offerUpgrade(second)).isFalse();
  }

  @Test
  void shouldCloseCandidateWithSession() {
    connection.offerUpgrade(socket);

    connection.close(CloseReason.TAKEN_OVER);

    assertThat(socket.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(polling.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
  }

  @Test
  void shouldIgnorePollingAfterUpgrade() {
    connection.offerUpgrade(socket);
    connection.onText(socket, "2probe");
    connection.onText(socket, "5");

    connection.onTransportClosed(polling, CloseReason.CLIENT_GONE);
    connection.onText(polling, "1");

    assertThat(connection.isClosed()).isFalse();
  }
}
