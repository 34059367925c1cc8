package io.snapper.core.error;

/**
 * Why the broker ends a consumer's connection. The list is closed; the reason alone says whether to
 * come back.
 */
public enum CloseReason {
  /** The client closed, or its connection broke. */
  CLIENT_GONE(true),
  /** No packet came within the heartbeat's time. */
  HEARTBEAT_TIMEOUT(true),
  /** A delivery was not acknowledged in time, twice. */
  ACKNOWLEDGEMENT_TIMEOUT(true),
  /** A newer connection with the same consumerId took over. */
  TAKEN_OVER(false),
  /** The token's end was reached. */
  TOKEN_EXPIRED(false),
  /** The operator closed the connection. */
  CLOSED_BY_OPERATOR(false),
  /** The client broke the protocol or a limit. */
  PROTOCOL_VIOLATION(true),
  /** The node is shutting down; another one serves. */
  DRAINING(true),
  /** The broker can't serve this consumer now. */
  UNAVAILABLE(true);

  private final boolean reconnectExpected;

  CloseReason(boolean reconnectExpected) {
    this.reconnectExpected = reconnectExpected;
  }

  /** Returns whether the client should connect again with the same token. */
  public boolean isReconnectExpected() {
    return reconnectExpected;
  }
}
