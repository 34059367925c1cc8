package io.snapper.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads deliveries. Those of the last moments are kept: members of a room get the same bytes, and
 * comparing is much cheaper than reading. Not thread safe.
 */
final class DeliveryReader {
  private static final byte[] HEAD = ascii("4{\"jsonrpc\":\"2.0\",\"id\":\"");
  private static final byte[] PARAMS = ascii("\",\"method\":\"publish\",\"params\":[");
  private static final int KEPT = 256;
  private static final int MOST_MESSAGES = 50;

  private final Delivery[] kept = new Delivery[KEPT];
  private final int[] rooms = new int[MOST_MESSAGES];
  private final long[] sequences = new long[MOST_MESSAGES];
  private final long[] dueNanos = new long[MOST_MESSAGES];

  // Where reading stands.
  private byte[] bytes;
  private int at;

  /**
   * Returns the delivery in these bytes, or null if they are none.
   *
   * @throws IllegalArgumentException if it is a delivery of messages that this tool did not publish
   */
  Delivery read(byte[] buffer, int from, int length) {
    if (!startsWith(buffer, from, length, HEAD)) {
      return null;
    }
    int place = placeOf(buffer, from + HEAD.length, length - HEAD.length);
    Delivery known = kept[place];
    if (known != null
        && Arrays.equals(known.text(), 0, known.text().length, buffer, from, from + length)) {
      return known;
    }
    Delivery read = parse(Arrays.copyOfRange(buffer, from, from + length));
    if (read != null) {
      kept[place] = read;
    }
    return read;
  }

  private static int placeOf(byte[] buffer, int from, int length) {
    int hash = length;
    for (int index = from; index < from + Math.min(length, 32); index++) {
      hash = 31 * hash + buffer[index];
    }
    return (hash ^ hash >>> 16) & KEPT - 1;
  }

  private Delivery parse(byte[] text) {
    bytes = text;
    int idEnd = indexOfQuote(HEAD.length);
    if (!startsWith(text, idEnd, text.length - idEnd, PARAMS)) {
      return null;
    }
    at = idEnd + PARAMS.length;
    int count = 0;
    while (bytes[at] == '"') {
      at++;
      rooms[count] = (int) number();
      sequences[count] = number();
      dueNanos[count] = number();
      count++;
      at = indexOfQuote(at) + 1;
      if (bytes[at] == ',') {
        at++;
      }
    }
    return new Delivery(
        new String(text, HEAD.length, idEnd - HEAD.length, StandardCharsets.US_ASCII),
        text,
        acknowledgement(text, idEnd),
        Arrays.copyOf(rooms, count),
        Arrays.copyOf(sequences, count),
        Arrays.copyOf(dueNanos, count));
  }

  private long number() {
    long value = 0;
    while (bytes[at] != '|') {
      if (bytes[at] < '0' || bytes[at] > '9') {
        throw new IllegalArgumentException(
            "a message of somebody else: " + new String(bytes, StandardCharsets.UTF_8));
      }
      value = 10 * value + bytes[at++] - '0';
    }
    at++;
    return value;
  }

  private int indexOfQuote(int from) {
    int index = from;
    while (bytes[index] != '"') {
      index++;
    }
    return index;
  }

  private static ByteBuffer acknowledgement(byte[] text, int idEnd) {
    byte[] tail = ascii("\",\"result\":\"OK\"}");
    byte[] packet = Arrays.copyOf(text, idEnd + tail.length);
    System.arraycopy(tail, 0, packet, idEnd, tail.length);
    return Frames.text(packet);
  }

  private static boolean startsWith(byte[] buffer, int from, int length, byte[] start) {
    return length >= start.length
        && Arrays.equals(buffer, from, from + start.length, start, 0, start.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
