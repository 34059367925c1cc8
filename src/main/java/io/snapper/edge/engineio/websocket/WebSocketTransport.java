package io.snapper.edge.engineio.websocket;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.PacketTransport;
import io.snapper.protocol.engineio.EngineIoTransport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A WebSocket as carrier of packets, one frame each.
 *
 * <p>Frames go out by the asynchronous remote, which waits for nothing: measured, it is the fastest
 * portable call on Undertow, and on Tyrus once its timer is gone ({@link TyrusTimerRemoval}). The
 * next frame is handed over when the last one is reported sent: some containers forbid two at once,
 * and it keeps what a slow peer can hold to one frame. A peer that stops reading is ended by the
 * engine's acknowledgement timeout or heartbeat.
 */
final class WebSocketTransport implements PacketTransport, SendHandler {
  private static final Logger LOGGER = System.getLogger(WebSocketTransport.class.getName());

  /** How long a peer may take to answer the close frame before the container drops it. */
  private static final long CLOSE_TIMEOUT_MS = 10_000;

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final EngineIoConnection connection;
  private final Executor workers;

  /**
   * Steps that are due. A container may report a frame as sent before the call has returned, so
   * whoever raises this from 0 takes all steps in a loop instead of one within another.
   */
  private final AtomicInteger dueSteps = new AtomicInteger();

  // Touched by whoever takes the steps.
  private List<String> packets = List.of();
  private int next;

  WebSocketTransport(Session session, EngineIoConnection connection, Executor workers) {
    this.session = session;
    this.remote = session.getAsyncRemote();
    this.connection = connection;
    this.workers = workers;
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
      remote.sendText(packet, this);
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
    workers.execute(() -> closeNow(session, reason));
  }

  /** Closes a WebSocket; may wait for the peer. */
  static void closeNow(Session session, CloseReason reason) {
    if (!session.isOpen()) {
      return;
    }
    try {
      session.setMaxIdleTimeout(CLOSE_TIMEOUT_MS);
      session.close(WebSocketCloseCodes.of(reason));
    } catch (IOException | RuntimeException alreadyClosed) {
      LOGGER.log(Level.DEBUG, "A WebSocket was gone before it was closed", alreadyClosed);
    }
  }
}
