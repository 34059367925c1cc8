package io.snapper.auth.jwt;

import io.snapper.core.auth.ConsumerIds;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.util.Map;

/** The claims of a token whose signature has been checked. */
final class Claims {
  private final Map<String, Object> values;

  Claims(Map<String, Object> values) {
    this.values = values;
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  /** Returns a claim that is a string, or {@code null}: another type is as good as nothing. */
  String stringOrNull(String name) {
    return values.get(name) instanceof String text ? text : null;
  }

  /**
   * Returns a claim that names somebody: a string, or a whole number from 0 to 2^53 - 1 in decimal
   * digits, since back ends that number their users write {@code 42} as often as {@code "42"}.
   */
  String name(String name) {
    Object value = values.get(name);
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    if (value instanceof Long number && number >= 0 && number <= ConsumerIds.MAX_EPOCH_SECOND) {
      return number.toString();
    }
    throw refused(
        value == null
            ? "the token has no claim " + name
            : "the token's claim " + name + " must be a string or a whole number");
  }

  /** Returns a time in whole seconds since 1970; a fraction is cut off. */
  long epochSecond(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw refused("the token has no claim " + name);
    }
    double seconds = value instanceof Number number ? number.doubleValue() : Double.NaN;
    if (seconds >= 1 && seconds <= ConsumerIds.MAX_EPOCH_SECOND) {
      return (long) seconds;
    }
    throw refused("the token's claim " + name + " must be a time in seconds since 1970");
  }

  /** Returns the refusal of a token; the text must hold neither the token nor a secret. */
  static SnapperException refused(String why) {
    return new SnapperException(ErrorCode.UNAUTHORIZED, why);
  }
}
