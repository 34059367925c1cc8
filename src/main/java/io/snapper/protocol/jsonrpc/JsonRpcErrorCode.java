package io.snapper.protocol.jsonrpc;

import java.util.Optional;

/** The closed list of errors that Snapper answers, with the code and message on the wire. */
public enum JsonRpcErrorCode {
  /** The text is not JSON, not UTF-8, nested too deep or too long. */
  PARSE_ERROR(-32700, "Parse error"),
  /** The JSON is not a JSON-RPC 2.0 message. */
  INVALID_REQUEST(-32600, "Invalid request"),
  /** There is no such method. */
  METHOD_NOT_FOUND(-32601, "Method not found"),
  /** The method does not take these params. */
  INVALID_PARAMS(-32602, "Invalid params"),
  /** The broker failed; trying again later can help. */
  INTERNAL_ERROR(-32603, "Internal error"),
  /** The connection has not shown a valid token; it is closed after this answer. */
  UNAUTHORIZED(401, "Unauthorized");

  private final int code;
  private final String message;

  JsonRpcErrorCode(int code, String message) {
    this.code = code;
    this.message = message;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The message on the wire, as jsonrpc-lite words it. */
  public String message() {
    return message;
  }

  /** The error with this number, if it is one of ours. */
  public static Optional<JsonRpcErrorCode> of(int code) {
    for (JsonRpcErrorCode candidate : values()) {
      if (candidate.code == code) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
