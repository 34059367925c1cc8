package io.snapper.core.error;

/**
 * Why a call was refused. The list is closed; edges map each code to their protocol's own error.
 */
public enum ErrorCode {
  /** A name, message or number breaks a rule; the error's text names the value and the limit. */
  INVALID_ARGUMENT(false),
  /** A message or call is larger than the configured limit. */
  TOO_LARGE(false),
  /** The token is missing, expired, tampered with, or signed with an unknown secret. */
  UNAUTHORIZED(false),
  /** The caller is known and may not do this. */
  FORBIDDEN(false),
  /** Nothing has this name. */
  NOT_FOUND(false),
  /** The same idempotency key came with different content. */
  CONFLICT(false),
  /** A limit on rate or on the amount of held work is reached. */
  OVERLOADED(true),
  /**
   * The store has no room for more; nothing was stored. It is retried by the caller or not at all.
   */
  STORE_FULL(true),
  /** The store can't be reached, or the node is starting or draining. */
  UNAVAILABLE(true),
  /**
   * The store was away for so long that nobody can tell any more whether it has done this. Only the
   * caller may repeat it: it knows whether twice is worse than never.
   */
  UNCERTAIN(true),
  /** A fault of the broker; the log has the details. */
  INTERNAL(true);

  private final boolean worthRetrying;

  ErrorCode(boolean worthRetrying) {
    this.worthRetrying = worthRetrying;
  }

  /** Returns whether the outside is to blame, so that whoever must not give up tries again. */
  public boolean isTemporary() {
    return this == UNAVAILABLE || this == OVERLOADED || this == STORE_FULL;
  }

  /** Returns whether the same call may succeed later. */
  public boolean isWorthRetrying() {
    return worthRetrying;
  }
}
