package io.snapper.edge.engineio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for a session's transport. Bounded: batches by the engine, which has one in flight and
 * sends it a second time at most, all other packets by a limit. Not thread safe.
 */
final class OutgoingPackets {
  private final int limitCharacters;
  private final ArrayDeque<String> packets = new ArrayDeque<>(2);
  private int heldCharacters;
  private String waitingBatchId;

  /**
   * Creates a queue.
   *
   * @param limitCharacters how much may wait before a further packet is refused, batches apart
   */
  OutgoingPackets(int limitCharacters) {
    this.limitCharacters = limitCharacters;
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  /** Adds a packet; returns false, and doesn't, if too much waits already. */
  boolean add(String packet) {
    if (heldCharacters >= limitCharacters) {
      return false;
    }
    heldCharacters += packet.length();
    packets.add(packet);
    return true;
  }

  /** Adds a packet in front of all others, whatever waits. */
  void addFirst(String packet) {
    packets.addFirst(packet);
  }

  /** Adds the packet of a batch, unless the same one still waits. */
  void addBatch(String batchId, String packet) {
    if (!batchId.equals(waitingBatchId)) {
      waitingBatchId = batchId;
      packets.add(packet);
    }
  }

  /** Returns all that waits, in order, and forgets it. */
  List<String> drain() {
    List<String> drained = packets.size() == 1 ? List.of(packets.poll()) : new ArrayList<>(packets);
    packets.clear();
    heldCharacters = 0;
    waitingBatchId = null;
    return drained;
  }
}
