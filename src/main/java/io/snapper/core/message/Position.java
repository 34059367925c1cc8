package io.snapper.core.message;

import io.snapper.core.error.SnapperException;

/**
 * A place in a room's log: everything up to and including {@code offset} is behind it.
 *
 * @param epoch the random id of this life of the log; positions of different epochs can't be
 *     compared
 * @param offset 0 (before the first message) or more
 * @param timeMs when the message at {@code offset} was stored, in ms since 1970 by the store's
 *     clock; 0 if it isn't known. It tells whether a log that has lost its end and grown again
 *     still holds that message.
 */
public record Position(String epoch, long offset, long timeMs) {
  public Position {
    if (epoch == null || epoch.isEmpty() || epoch.indexOf(':') >= 0) {
      throw SnapperException.invalid("epoch '" + epoch + "' must not be empty or hold a colon");
    }
    if (offset < 0) {
      throw SnapperException.invalid("offset " + offset + " must not be negative");
    }
    if (timeMs < 0) {
      throw SnapperException.invalid("time " + timeMs + " must not be negative");
    }
  }

  /** Creates a position whose message's time isn't known. */
  public Position(String epoch, long offset) {
    this(epoch, offset, 0);
  }

  /** Returns the position that {@link #toString} wrote. */
  public static Position parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2 && parts.length != 3) {
      throw SnapperException.invalid("position '" + text + "' must be <epoch>:<offset>[:<ms>]");
    }
    return new Position(
        parts[0], Long.parseLong(parts[1]), parts.length == 3 ? Long.parseLong(parts[2]) : 0);
  }

  @Override
  public String toString() {
    return epoch + ":" + offset + (timeMs == 0 ? "" : ":" + timeMs);
  }
}
