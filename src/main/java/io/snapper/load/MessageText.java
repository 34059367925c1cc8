package io.snapper.load;

/**
 * The text of a message: {@code <room>|<sequence>|<nanoseconds>|xxx…}, digits and letters only, so
 * that it stands in JSON as it is. The sequence counts from 0 in each room; the time is when the
 * message was due, by {@link System#nanoTime}.
 */
final class MessageText {
  /** Characters of the longest head. */
  static final int SHORTEST = 40;

  private MessageText() {}

  static void append(StringBuilder to, int room, long sequence, long dueNanos, int size) {
    int start = to.length();
    to.append(room).append('|').append(sequence).append('|').append(dueNanos).append('|');
    while (to.length() - start < size) {
      to.append('x');
    }
  }
}
