package io.snapper.edge.engineio.websocket;

import io.snapper.core.error.CloseReason;
import jakarta.websocket.SendHandler;

/** One WebSocket as {@link WebSocketTransport} needs it. Methods may be called on any thread. */
interface WebSocketLink {
  /**
   * Sends a text frame without waiting, and says when it has been handed over, perhaps before this
   * returns. Not called again before that.
   *
   * @throws RuntimeException if the WebSocket is closed
   */
  void send(String frame, SendHandler handler);

  /** Closes the WebSocket soon, and drops it if the peer doesn't answer. Never throws. */
  void close(CloseReason reason);
}
