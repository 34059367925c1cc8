package io.snapper.core.message;

import io.snapper.core.error.SnapperException;

/**
 * A place in a room's log: everything up to and including {@code offset} is behind it.
 *
 * @param epoch the random id of this life of the log; positions of different epochs can't be
 *     compared
 * @param offset 0 (before the first message) or more
 */
public record Position(String epoch, long offset) {
  public Position {
    if (epoch == null || epoch.isEmpty() || epoch.indexOf(':') >= 0) {
      throw SnapperException.invalid("epoch '" + epoch + "' must not be empty or hold a colon");
    }
    if (offset < 0) {
      throw SnapperException.invalid("offset " + offset + " must not be negative");
    }
  }

  /** Returns the position that {@link #toString} wrote. */
  public static Position parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw SnapperException.invalid("position '" + text + "' must be <epoch>:<offset>");
    }
    return new Position(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return epoch + ":" + offset;
  }
}
