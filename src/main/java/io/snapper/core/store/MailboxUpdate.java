package io.snapper.core.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an owner writes of a consumer.
 *
 * @param fence the owner's claim
 * @param number larger than that of this claim's earlier updates: one that is overtaken by a later
 *     one, or applied after its caller gave it up, changes nothing
 * @param cursors positions that moved; a room that the consumer has left meanwhile stays left, and
 *     a cursor never moves back within an epoch
 * @param left positions in rooms that the consumer has left: one moves the cursor of a room that it
 *     has come back to meanwhile, forward and within its epoch only
 * @param inFlight the batch in flight from now on; empty removes the stored one, unless that is
 *     kept
 * @param keepsInFlight whether the stored batch stays as it is; {@code inFlight} is empty then
 */
public record MailboxUpdate(
    ConsumerId consumer,
    long fence,
    long number,
    Map<RoomName, Position> cursors,
    Map<RoomName, Position> left,
    Optional<BatchExtent> inFlight,
    boolean keepsInFlight) {
  public MailboxUpdate {
    if (keepsInFlight && inFlight.isPresent()) {
      throw new IllegalArgumentException("batch " + inFlight.get().id() + " can't be kept and set");
    }
    if (!Collections.disjoint(cursors.keySet(), left.keySet())) {
      throw new IllegalArgumentException("a room of " + left.keySet() + " is not left");
    }
    cursors = copyOf(cursors);
    left = copyOf(left);
  }

  /**
   * {@link Map#copyOf} would shuffle them anew in each process, and no run could be repeated
   * exactly.
   */
  private static Map<RoomName, Position> copyOf(Map<RoomName, Position> positions) {
    return positions.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(positions));
  }

  /** Creates an update that replaces the batch in flight. */
  public MailboxUpdate(
      ConsumerId consumer,
      long fence,
      long number,
      Map<RoomName, Position> cursors,
      Optional<BatchExtent> inFlight) {
    this(consumer, fence, number, cursors, Map.of(), inFlight, false);
  }

  /** Returns an update that changes nothing of the content. */
  public static MailboxUpdate unchanged(ConsumerId consumer, long fence) {
    return new MailboxUpdate(consumer, fence, 0, Map.of(), Map.of(), Optional.empty(), true);
  }
}
