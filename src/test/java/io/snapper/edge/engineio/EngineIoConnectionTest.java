package io.snapper.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.RoomName;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineIoConnectionTest {
  private final TestEdge test = new TestEdge();
  private final RecordingTransport transport = new RecordingTransport(EngineIoTransport.WEBSOCKET);
  private EngineIoConnection connection = test.session("ann", EngineIoRevision.V3);

  @Test
  void shouldSayOpenFirstAndThenWhatCameEarlier() {
    begin();

    connection.deliver(TestEdge.batch("b1", "early"));

    assertThat(transport.writes()).isEmpty();
    test.lastConnecting().complete();
    assertThat(transport.packets())
        .containsExactly(
            "0{\"sid\":\""
                + connection.sid()
                + "\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":60000}",
            "4{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"method\":\"publish\",\"params\":[\"early\"]}");
  }

  @Test
  void shouldHaveOneWriteAtATime() {
    open();

    connection.deliver(TestEdge.batch("b1", "one"));
    connection.notifyGap(new GapNotice(new RoomName("r"), 3, 9, "e2"));

    assertThat(transport.writes()).hasSize(1);
    connection.onWritable(transport);
    assertThat(transport.writes()).hasSize(2);
    assertThat(transport.last())
        .isEqualTo(
            "4{\"jsonrpc\":\"2.0\",\"method\":\"gap\","
                + "\"params\":{\"room\":\"r\",\"from\":3,\"to\":9,\"epoch\":\"e2\"}}");
  }

  @Test
  void shouldShareOneFrameBetweenConsumers() {
    open();
    connection.onWritable(transport);
    RecordingTransport other = new RecordingTransport(EngineIoTransport.WEBSOCKET);
    EngineIoConnection second = test.session("ben", EngineIoRevision.V4);
    second.attach(other);
    second.onWritable(other);
    second.start();
    test.lastConnecting().complete();
    second.onWritable(other);
    Batch batch = TestEdge.batch("b1", "é\"\u0000");

    connection.deliver(batch);
    second.deliver(batch);

    assertThat(transport.last()).endsWith("\"params\":[\"é\\\"\\u0000\"]}");
    assertThat(other.last()).isSameAs(transport.last());
  }

  @Test
  void shouldNotQueueBatchAgainThatStillWaits() {
    open();
    Batch batch = TestEdge.batch("b1", "one");

    connection.deliver(batch);
    connection.deliver(batch);
    connection.onWritable(transport);

    assertThat(transport.packets()).filteredOn(packet -> packet.contains("b1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"result\":\"OK\"}",
        "{ \"result\" : \"OK\", \"id\":\"b1\", \"jsonrpc\":\"2.0\" }",
        "{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"result\":{\"any\":1}}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"\\u00621\",\"result\":null}"
      })
  void shouldPassAcknowledgementOnOnce(String answer) {
    var session = open();
    connection.deliver(TestEdge.batch("b1", "one"));
    connection.onWritable(transport);

    connection.onText(transport, "4" + answer);
    connection.onText(transport, "4" + answer);

    assertThat(session.calls()).containsExactly("acknowledge b1");
    assertThat(transport.packets()).noneMatch(packet -> packet.contains("invalid"));
  }

  @Test
  void shouldRejectOnErrorAnswerAndTakeLaterAcknowledgement() {
    var session = open();
    connection.deliver(TestEdge.batch("b1", "one"));

    connection.onText(
        transport,
        "4{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"error\":{\"code\":1,\"message\":\"later\"}}");
    connection.deliver(TestEdge.batch("b1", "one"));
    connection.onText(transport, "4{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"result\":\"OK\"}");

    assertThat(session.calls()).containsExactly("reject b1", "acknowledge b1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish",
        "{}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"other\",\"result\":\"OK\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"m\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}"
      })
  void shouldAnswerInvalidToWhatItCannotUse(String message) {
    var session = open();
    connection.onWritable(transport);

    connection.onText(transport, "4" + message);

    assertThat(transport.last())
        .startsWith("4{\"jsonrpc\":\"2.0\",\"method\":\"invalid\",\"params\":[{\"payload\":");
    assertThat(session.calls()).isEmpty();
    assertThat(connection.isClosed()).isFalse();
  }

  @Test
  void shouldAnswerRequestsWithTheirParams() {
    open();
    connection.onWritable(transport);

    connection.onText(
        transport, "4{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\",\"params\":[1,\"é\"]}");
    connection.onWritable(transport);
    connection.onText(transport, "4{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"x\"}");
    connection.onWritable(transport);
    connection.onText(
        transport,
        "4[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"y\":1}},"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"n\"}]");

    assertThat(transport.packets())
        .endsWith(
            "4{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[1,\"é\"]}",
            "4{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":null}",
            "4[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"y\":1}}]");
  }

  @Test
  void shouldRefuseBinaryMessagesPolitely() {
    var session = open();
    connection.onWritable(transport);

    connection.onBinary(transport);
    connection.onWritable(transport);
    connection.onText(transport, "b4AQID");

    assertThat(transport.packets())
        .filteredOn(packet -> packet.contains("\"method\":\"invalid\""))
        .hasSize(2);
    assertThat(session.calls()).isEmpty();
  }

  @Test
  void shouldAnswerPingsOfRevision3() {
    open();
    connection.onWritable(transport);

    connection.onText(transport, "2");
    connection.onWritable(transport);
    connection.onText(transport, "2probe");

    assertThat(transport.packets()).endsWith("3", "3probe");
  }

  @Test
  void shouldCallPeerDeadAfterIntervalAndTimeoutWithoutPacket() {
    open();

    test.time().advance(80_000);
    assertThat(check()).isTrue();
    connection.onText(transport, "2");
    test.time().advance(85_000);
    assertThat(check()).isTrue();
    test.time().advance(10);
    assertThat(check()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(EngineIoRevision.class)
  void shouldNotCountTheWaitToBeOpenedAsSilence(EngineIoRevision revision) {
    connection = test.session("ann", revision);
    begin();
    test.time().advance(80_000);
    test.lastConnecting().complete();
    connection.onWritable(transport);

    test.time().advance(24_000);
    assertThat(check()).isTrue();
    assertThat(transport.packets()).hasSize(1);
    test.time().advance(61_000);
    assertThat(check()).isTrue();
    test.time().advance(10);
    assertThat(check()).isFalse();
  }

  @Test
  void shouldNameTheTimeWhenSilenceOrAPingIsDue() {
    open();
    test.time().advance(5_000);
    assertThat(msToNextCheck()).isEqualTo(80_000);
    connection.onText(transport, "2");
    assertThat(msToNextCheck()).isEqualTo(85_000);

    connection = test.session("bob", EngineIoRevision.V4);
    assertThat(msToNextCheck()).isZero();
    open();
    test.time().advance(5_000);
    assertThat(msToNextCheck()).isEqualTo(20_000);
    test.time().advance(20_000);
    assertThat(msToNextCheck()).isEqualTo(25_000);
    test.time().advance(59_000);
    assertThat(msToNextCheck()).isEqualTo(1_000);
  }

  @Test
  void shouldPingInRevision4EveryInterval() {
    connection = test.session("ann", EngineIoRevision.V4);
    open();
    connection.onWritable(transport);

    test.time().advance(24_000);
    check();
    assertThat(transport.packets()).hasSize(1);
    test.time().advance(1_000);
    check();
    check();
    connection.onText(transport, "3");
    connection.onWritable(transport);
    test.time().advance(25_000);
    check();

    assertThat(transport.packets().subList(1, 3)).containsExactly("2", "2");
    test.time().advance(60_010);
    assertThat(check()).isFalse();
  }

  @Test
  void shouldEndSessionThatPingsInTheWrongDirection() {
    connection = test.session("ann", EngineIoRevision.V4);
    var session = open();

    connection.onText(transport, "2");

    assertThat(transport.closeReason()).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9", "x", "b"})
  void shouldEndSessionOnWhatIsNoPacket(String packet) {
    var session = open();

    connection.onText(transport, packet);

    assertThat(transport.closeReason()).isEqualTo(CloseReason.PROTOCOL_VIOLATION);
    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  @Test
  void shouldEndSessionWhenClientSaysClose() {
    var session = open();

    connection.onText(transport, "1");
    connection.onText(transport, "2");
    connection.deliver(TestEdge.batch("b1", "late"));

    assertThat(session.calls()).containsExactly("disconnected CLIENT_GONE");
    assertThat(transport.writes()).hasSize(1);
  }

  @Test
  void shouldNotTellEngineWhatEngineDecided() {
    var session = open();

    connection.close(CloseReason.TAKEN_OVER);
    connection.onTransportClosed(transport, CloseReason.CLIENT_GONE);

    assertThat(transport.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(session.calls()).isEmpty();
  }

  @Test
  void shouldTellEngineWhenClientWentWhileConnecting() {
    begin();

    connection.onTransportClosed(transport, CloseReason.CLIENT_GONE);

    assertThat(test.lastConnecting().result()).isCancelled();
    assertThat(transport.writes()).isEmpty();
  }

  @Test
  void shouldCloseTransportWhenEngineCannotConnect() {
    begin();

    test.lastConnecting().fail();

    assertThat(transport.closeReason()).isEqualTo(CloseReason.UNAVAILABLE);
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void shouldEndSessionThatAsksMuchAndReadsNothing() {
    var session = open();
    String request =
        "4{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[\""
            + "y".repeat(TestEdge.HELD_LIMIT / 2)
            + "\"]}";

    connection.onText(transport, request);
    connection.onText(transport, request);
    connection.deliver(TestEdge.batch("b1", "z".repeat(TestEdge.HELD_LIMIT * 4)));
    assertThat(connection.isClosed()).isFalse();
    connection.onText(transport, request);

    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  private void begin() {
    connection.attach(transport);
    connection.onWritable(transport);
    connection.start();
  }

  private TestEdge.RecordedSession open() {
    begin();
    return test.lastConnecting().complete();
  }

  private boolean check() {
    return connection.checkHeartbeat(test.time().nanoTime()).isPresent();
  }

  private long msToNextCheck() {
    long nowNanos = test.time().nanoTime();
    long dueNanos = connection.checkHeartbeat(nowNanos).orElseThrow();
    return TimeUnit.NANOSECONDS.toMillis(dueNanos - nowNanos);
  }
}
