package io.snapper.edge.engineio.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.TestEdge;
import io.snapper.protocol.engineio.EngineIoRevision;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollingTransportTest {
  private static final String ACKNOWLEDGEMENT =
      "4{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"result\":\"OK\"}";

  private final TestEdge test = new TestEdge();
  private EngineIoConnection connection;
  private PollingTransport transport;
  private TestEdge.RecordedSession session;

  @Test
  void shouldAnswerHandshakeWithOpenPacketAndWhatCameEarlier() {
    RecordingExchange handshake = begin(EngineIoRevision.V4);
    connection.deliver(TestEdge.batch("b1", "early"));

    assertThat(handshake.answer()).isNull();
    test.lastConnecting().complete();

    assertThat(handshake.answer().status()).isEqualTo(200);
    assertThat(handshake.answer().contentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(handshake.body()).startsWith("0{\"sid\":").contains("\u001e4{\"jsonrpc\"");
  }

  @Test
  void shouldLetPollWaitAndAnswerItWithFirstPacket() {
    open(EngineIoRevision.V3);
    RecordingExchange poll = poll();

    assertThat(poll.answer()).isNull();
    connection.deliver(TestEdge.batch("b1", "é"));

    assertThat(poll.body())
        .isEqualTo(
            "62:4{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"method\":\"publish\",\"params\":[\"é\"]}");
  }

  @Test
  void shouldAnswerPollAtOnceWithAllThatWaits() {
    open(EngineIoRevision.V3);
    post("1:21:24:2abc");

    RecordingExchange poll = poll();

    assertThat(poll.body()).isEqualTo("1:31:34:3abc");
  }

  @Test
  void shouldTakeSeveralPacketsOfOnePost() {
    open(EngineIoRevision.V4);
    connection.deliver(TestEdge.batch("b1", "one"));
    poll();

    Answer answer = post(ACKNOWLEDGEMENT + "\u001e3\u001e1");

    assertThat(answer).isEqualTo(Answer.OK);
    assertThat(session.calls()).containsExactly("acknowledge b1", "disconnected CLIENT_GONE");
  }

  @Test
  void shouldEndSessionOnSecondPoll() {
    open(EngineIoRevision.V3);
    RecordingExchange first = poll();

    RecordingExchange second = poll();

    assertThat(first.body()).isEqualTo("1:1");
    assertThat(second.answer().status()).isEqualTo(400);
    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  @Test
  void shouldEndSessionOnSecondPost() {
    open(EngineIoRevision.V3);

    assertThat(transport.beginPost()).isTrue();
    assertThat(transport.beginPost()).isFalse();

    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rubbish", "5:4x", "1:9", ":"})
  void shouldEndSessionOnPayloadThatIsNone(String body) {
    open(EngineIoRevision.V3);

    Answer answer = post(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  @Test
  void shouldEndSessionOnPayloadOverTheLimit() {
    open(EngineIoRevision.V3);
    transport.beginPost();

    Answer answer = transport.onPostTooLarge();

    assertThat(answer.status()).isEqualTo(413);
    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  @Test
  void shouldReadBinaryPayloadOfRevision3() {
    open(EngineIoRevision.V3);
    transport.beginPost();

    Answer answer = transport.onPost(new byte[] {0, 1, (byte) 0xFF, '2'}, true);

    assertThat(answer).isEqualTo(Answer.OK);
    assertThat(poll().body()).isEqualTo("1:3");
  }

  @Test
  void shouldTellWaitingPollThatSessionIsOver() {
    open(EngineIoRevision.V3);
    RecordingExchange poll = poll();

    connection.close(CloseReason.TAKEN_OVER);

    assertThat(poll.body()).isEqualTo("1:1");
    assertThat(poll().body()).isEqualTo("1:1");
  }

  @Test
  void shouldAnswerWaitingPollWithNoopWhenClientCloses() {
    open(EngineIoRevision.V3);
    RecordingExchange poll = poll();

    post("1:1");

    assertThat(poll.body()).isEqualTo("1:6");
  }

  @Test
  void shouldRefuseHandshakeWhenEngineCannotConnect() {
    RecordingExchange handshake = begin(EngineIoRevision.V3);

    test.lastConnecting().fail();

    assertThat(handshake.answer().status()).isEqualTo(503);
  }

  @Test
  void shouldEndSessionWhoseAnswerCannotBeWritten() {
    open(EngineIoRevision.V3);
    transport.onPoll(new RecordingExchange().broken());

    connection.deliver(TestEdge.batch("b1", "one"));

    assertThat(session.calls()).containsExactly("disconnected CLIENT_GONE");
  }

  @Test
  void shouldEndSessionWhosePostBreaksOff() {
    open(EngineIoRevision.V3);
    transport.beginPost();

    transport.onPostFailed();

    assertThat(session.calls()).containsExactly("disconnected CLIENT_GONE");
  }

  private RecordingExchange begin(EngineIoRevision revision) {
    connection = test.session("ann", revision);
    transport = new PollingTransport(connection, test.edge().payloadLimits());
    connection.attach(transport);
    RecordingExchange handshake = poll();
    connection.start();
    return handshake;
  }

  private void open(EngineIoRevision revision) {
    begin(revision);
    session = test.lastConnecting().complete();
  }

  private RecordingExchange poll() {
    RecordingExchange poll = new RecordingExchange();
    transport.onPoll(poll);
    return poll;
  }

  private Answer post(String body) {
    assertThat(transport.beginPost()).isTrue();
    return transport.onPost(body.getBytes(StandardCharsets.UTF_8), false);
  }
}
