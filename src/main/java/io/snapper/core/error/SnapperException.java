package io.snapper.core.error;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A refusal that a caller may see: its message is written for the caller and holds no secret. It
 * has no stack trace, since it reports a caller's mistake or an outside condition, not a place in
 * the code; faults carry theirs as cause.
 */
public final class SnapperException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public SnapperException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public SnapperException(ErrorCode code, String message, Throwable cause) {
    super(message, cause, false, false);
    this.code = code;
  }

  /**
   * Returns the refusal for a value that breaks a rule; {@code message} names the value and the
   * limit.
   */
  public static SnapperException invalid(String message) {
    return new SnapperException(ErrorCode.INVALID_ARGUMENT, message);
  }

  /** Returns the refusal for a store or node that can't serve now. */
  public static SnapperException unavailable(String message, Throwable cause) {
    return new SnapperException(ErrorCode.UNAVAILABLE, message, cause);
  }

  /** Returns whether something failed with {@code UNAVAILABLE}; null has not failed. */
  public static boolean isUnavailable(Throwable failure) {
    boolean isWrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return (isWrapped ? failure.getCause() : failure) instanceof SnapperException refusal
        && refusal.code() == ErrorCode.UNAVAILABLE;
  }

  public ErrorCode code() {
    return code;
  }
}
