package io.snapper.edge.engineio.websocket;

import io.snapper.edge.engineio.EngineIoConnection;
import jakarta.websocket.MessageHandler;

/**
 * Puts text frames together and ends the connection at the first part that is over the limit.
 *
 * <p>Taking parts instead of whole messages is what makes the limit hold: for whole ones Undertow
 * looks at its limit only while a frame's first bytes come, and Tyrus only if a frame is in
 * fragments. A frame that came in one piece, as nearly all do, is passed on as it is.
 */
final class TextFrames implements MessageHandler.Partial<String> {
  private final EngineIoConnection connection;
  private final WebSocketTransport transport;
  private final int limitCharacters;
  private StringBuilder parts;
  private boolean isOverLimit;

  TextFrames(EngineIoConnection connection, WebSocketTransport transport, int limitCharacters) {
    this.connection = connection;
    this.transport = transport;
    this.limitCharacters = limitCharacters;
  }

  @Override
  public void onMessage(String part, boolean isLast) {
    if (isOverLimit) {
      return;
    }
    int before = parts == null ? 0 : parts.length();
    if (part.length() > limitCharacters - before) {
      isOverLimit = true;
      parts = null;
      connection.onMalformed(transport);
    } else if (!isLast) {
      if (parts == null) {
        parts = new StringBuilder(part.length() * 2);
      }
      parts.append(part);
    } else if (parts == null) {
      connection.onText(transport, part);
    } else {
      String frame = parts.append(part).toString();
      parts = null;
      connection.onText(transport, frame);
    }
  }
}
