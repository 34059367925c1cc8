package io.snapper.edge.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.TestEdge;
import io.snapper.protocol.engineio.EngineIoRevision;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketTransportTest {
  private static final int MANY = 20_000;

  private final TestEdge test = new TestEdge();
  private final EngineIoConnection connection = test.session("ann", EngineIoRevision.V3);
  private final FakeLink link = new FakeLink();
  private final WebSocketTransport transport = new WebSocketTransport(link, connection);

  @Test
  void shouldHandOverNextFrameWhenTheLastIsSent() {
    open();

    connection.deliver(TestEdge.batch("b1", "one"));
    connection.onText(transport, "2");

    assertThat(link.frames).hasSize(1);
    link.sent();
    assertThat(link.frames).hasSize(2);
    link.sent();
    assertThat(link.frames).hasSize(3).last().isEqualTo("3");
    link.sent();
    connection.onText(transport, "2x");
    assertThat(link.frames).last().isEqualTo("3x");
  }

  @Test
  void shouldNotNestWhenFramesAreSentAtOnce() {
    open();
    link.isImmediate = true;
    link.sent();

    transport.write(Collections.nCopies(MANY, "6"));

    assertThat(link.frames).hasSize(MANY + 1);
    connection.onText(transport, "2");
    assertThat(link.frames).last().isEqualTo("3");
  }

  @Test
  void shouldEndSessionWhenFrameIsNotSent() {
    TestEdge.RecordedSession session = open();

    link.failed();

    assertThat(session.calls()).containsExactly("disconnected CLIENT_GONE");
  }

  @Test
  void shouldEndSessionWhenWebSocketIsClosedAlready() {
    TestEdge.RecordedSession session = open();
    link.sent();
    link.isClosed = true;

    connection.deliver(TestEdge.batch("b1", "one"));

    assertThat(session.calls()).containsExactly("disconnected CLIENT_GONE");
  }

  @Test
  void shouldCloseWithReason() {
    open();

    connection.close(CloseReason.DRAINING);

    assertThat(link.closeReason).isEqualTo(CloseReason.DRAINING);
  }

  @Test
  void shouldGiveEachReasonItsCloseCode() {
    assertThat(List.of(CloseReason.values()))
        .extracting(reason -> WebSocketCloseCodes.of(reason).getCloseCode().getCode())
        .doesNotHaveDuplicates()
        .allMatch(code -> code == 1000 || code == 1008 || code >= 1012);
    assertThat(List.of(CloseReason.values()))
        .filteredOn(reason -> !reason.isReconnectExpected())
        .extracting(reason -> WebSocketCloseCodes.of(reason).getCloseCode().getCode())
        .containsExactly(4001, 4002, 4003);
  }

  @Test
  void shouldPutFragmentsTogether() {
    open();
    link.sent();
    TextFrames frames = new TextFrames(connection, transport, TestEdge.FRAME_LIMIT);

    frames.onMessage("2a", false);
    frames.onMessage("b", false);
    frames.onMessage("c", true);

    assertThat(link.frames).last().isEqualTo("3abc");
    link.sent();
    frames.onMessage("2", true);
    assertThat(link.frames).last().isEqualTo("3");
  }

  @Test
  void shouldEndSessionAtFirstPartOverTheLimit() {
    TestEdge.RecordedSession session = open();
    TextFrames frames = new TextFrames(connection, transport, TestEdge.FRAME_LIMIT);

    frames.onMessage("4" + "x".repeat(TestEdge.FRAME_LIMIT - 1), false);
    assertThat(connection.isClosed()).isFalse();
    frames.onMessage("x", false);
    frames.onMessage("x", true);

    assertThat(session.calls()).containsExactly("disconnected PROTOCOL_VIOLATION");
  }

  private TestEdge.RecordedSession open() {
    connection.attach(transport);
    connection.onWritable(transport);
    connection.start();
    return test.lastConnecting().complete();
  }

  private static final class FakeLink implements WebSocketLink {
    private final List<String> frames = new ArrayList<>();
    private SendHandler pending;
    private boolean isImmediate;
    private boolean isClosed;
    private CloseReason closeReason;

    @Override
    public void send(String frame, SendHandler handler) {
      if (isClosed) {
        throw new IllegalStateException("closed");
      }
      assertThat(pending).as("one frame at a time").isNull();
      frames.add(frame);
      if (isImmediate) {
        handler.onResult(new SendResult());
      } else {
        pending = handler;
      }
    }

    @Override
    public void close(CloseReason reason) {
      closeReason = reason;
    }

    void sent() {
      SendHandler handler = pending;
      pending = null;
      handler.onResult(new SendResult());
    }

    void failed() {
      SendHandler handler = pending;
      pending = null;
      handler.onResult(new SendResult(new IOException("reset")));
    }
  }
}
