package io.snapper.edge.engineio.websocket;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.PacketTransport;
import io.snapper.protocol.engineio.EngineIoTransport;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket as carrier of packets, one frame each.
 *
 * <p>The next frame is handed over when the last one is reported sent: some containers forbid two
 * at once, and it keeps what a slow peer can hold to one frame. A peer that stops reading is ended
 * by the engine's acknowledgement timeout or heartbeat.
 */
final class WebSocketTransport implements PacketTransport, SendHandler {
  private static final Logger LOGGER = System.getLogger(WebSocketTransport.class.getName());

  private final WebSocketLink link;
  private final EngineIoConnection connection;

  /**
   * Steps that are due. A container may report a frame as sent before the call has returned, so
   * whoever raises this from 0 takes all steps in a loop instead of one within another.
   */
  private final AtomicInteger dueSteps = new AtomicInteger();

  // Touched by whoever takes the steps.
  private List<String> packets = List.of();
  private int next;

  WebSocketTransport(WebSocketLink link, EngineIoConnection connection) {
    this.link = link;
    this.connection = connection;
  }

  @Override
  public EngineIoTransport kind() {
    return EngineIoTransport.WEBSOCKET;
  }

  @Override
  public void write(List<String> written) {
    packets = written;
    next = 0;
    takeSteps();
  }

  @Override
  public void onResult(SendResult result) {
    if (result.isOK()) {
      takeSteps();
    } else {
      onSendFailed(result.getException());
    }
  }

  private void takeSteps() {
    if (dueSteps.getAndIncrement() != 0) {
      return;
    }
    do {
      if (next < packets.size()) {
        send(packets.get(next++));
      } else {
        packets = List.of();
        connection.onWritable(this);
      }
    } while (dueSteps.decrementAndGet() != 0);
  }

  private void send(String packet) {
    try {
      link.send(packet, this);
    } catch (RuntimeException closed) {
      onSendFailed(closed);
    }
  }

  private void onSendFailed(Throwable failure) {
    LOGGER.log(Level.DEBUG, () -> "A frame to " + connection + " was not sent: " + failure);
    connection.onTransportClosed(this, CloseReason.CLIENT_GONE);
  }

  @Override
  public void retire() {
    close(CloseReason.CLIENT_GONE);
  }

  @Override
  public void close(CloseReason reason) {
    link.close(reason);
  }
}
