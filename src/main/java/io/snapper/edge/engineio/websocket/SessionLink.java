package io.snapper.edge.engineio.websocket;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.EngineIoEdge;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A container's WebSocket session.
 *
 * <p>Frames go out by the asynchronous remote on every container. It is the one call that never
 * waits for a peer, so a lane may make it, and measured it is also the cheapest: on Undertow as it
 * is, on Tyrus once its timer is gone ({@link TyrusTimerRemoval}). The blocking calls would need a
 * thread for each peer that has stopped reading.
 */
final class SessionLink implements WebSocketLink {
  private static final Logger LOGGER = System.getLogger(SessionLink.class.getName());

  /** How long a peer may take to answer the close frame before the container drops it. */
  private static final long CLOSE_TIMEOUT_MS = 10_000;

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final EngineIoEdge edge;

  SessionLink(Session session, EngineIoEdge edge) {
    this.session = session;
    this.remote = session.getAsyncRemote();
    this.edge = edge;
  }

  @Override
  public void send(String frame, SendHandler handler) {
    remote.sendText(frame, handler);
  }

  @Override
  public void close(CloseReason reason) {
    edge.runOnWorker(() -> closeNow(reason));
  }

  private void closeNow(CloseReason reason) {
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
