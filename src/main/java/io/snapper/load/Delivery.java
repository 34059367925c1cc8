package io.snapper.load;

import java.nio.ByteBuffer;

/**
 * What one delivery says, and the acknowledgement that answers it. Made once for all consumers that
 * get the same bytes.
 *
 * @param id its id
 * @param text the packet as it came
 * @param acknowledgement the complete WebSocket frame to send; read only, to be duplicated
 * @param rooms for each message its room's number
 * @param sequences for each message its place in the room
 * @param dueNanos for each message when it was due, {@link System#nanoTime}
 */
record Delivery(
    String id,
    byte[] text,
    ByteBuffer acknowledgement,
    int[] rooms,
    long[] sequences,
    long[] dueNanos) {
  int count() {
    return rooms.length;
  }
}
