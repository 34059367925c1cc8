package io.snapper.store.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * Some consecutive messages of a request, stored as one entry of a room's stream: an entry costs
 * Redis about as much with one message as with fifty.
 *
 * @param size how many messages, 1 or more
 * @param lengths of the payloads in bytes, between commas
 * @param payloads one behind the other, as {@link PayloadText} writes them
 */
record LogSegment(int size, String lengths, byte[] payloads) {
  /**
   * A segment is read as a whole, so it must not be much larger than what one read asks for. A
   * message that is larger is a segment of its own.
   */
  private static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_MESSAGES = 64;

  /** Cuts a request's messages into segments, in order. */
  static List<LogSegment> of(List<String> texts) {
    List<LogSegment> segments = new ArrayList<>();
    List<byte[]> pending = new ArrayList<>();
    int bytes = 0;
    for (String text : texts) {
      byte[] payload = PayloadText.encode(text);
      boolean isFull =
          pending.size() == MAX_MESSAGES
              || (!pending.isEmpty() && bytes + payload.length > MAX_BYTES);
      if (isFull) {
        segments.add(joined(pending, bytes));
        pending.clear();
        bytes = 0;
      }
      pending.add(payload);
      bytes += payload.length;
    }
    segments.add(joined(pending, bytes));
    return segments;
  }

  private static LogSegment joined(List<byte[]> messages, int bytes) {
    StringBuilder lengths = new StringBuilder();
    byte[] payloads = new byte[bytes];
    int at = 0;
    for (byte[] message : messages) {
      lengths.append(lengths.isEmpty() ? "" : ",").append(message.length);
      System.arraycopy(message, 0, payloads, at, message.length);
      at += message.length;
    }
    return new LogSegment(messages.size(), lengths.toString(), payloads);
  }
}
