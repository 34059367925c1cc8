package io.snapper.protocol.engineio;

import io.snapper.protocol.json.JsonText;

/**
 * The closed list of refusals, as engine.io's own server answers them: HTTP status 400, content
 * type {@code application/json}. Its code 4, Forbidden, is never used here.
 */
public enum EngineIoError {
  /** The transport is missing or not served. */
  UNKNOWN_TRANSPORT(0, "Transport unknown"),
  /** There is no such session, or it is somebody else's. */
  UNKNOWN_SESSION(1, "Session ID unknown"),
  /** A handshake is a GET. */
  BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
  /** Anything else, a bad token above all. */
  BAD_REQUEST(3, "Bad request"),
  /** Neither revision 3 nor 4. */
  UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

  /** The HTTP status of every refusal. */
  public static final int HTTP_STATUS = 400;

  private final int code;
  private final String message;
  private final String body;

  EngineIoError(int code, String message) {
    this.code = code;
    this.message = message;
    this.body = "{\"code\":" + code + ",\"message\":" + JsonText.quote(message) + "}";
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The text on the wire. */
  public String message() {
    return message;
  }

  /** The body of the answer, JSON. */
  public String body() {
    return body;
  }
}
