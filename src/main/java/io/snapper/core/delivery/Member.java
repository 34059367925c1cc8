package io.snapper.core.delivery;

import io.snapper.core.message.Position;
import java.util.ArrayDeque;

/** One consumer's place in one room of a lane. Owned by the lane. */
final class Member {
  final LaneSession session;
  final LocalRoom room;

  /** Whether the position is kept in the mailbox; false for rooms that only reach who is online. */
  final boolean isDurable;

  /** Its place in the room's list of members. */
  int index;

  /** The epoch of the offsets below; null until the room is attached. */
  String epoch;

  /** Up to here messages have been sent or are in flight. */
  long sent;

  /** Up to here messages have been acknowledged. */
  long acknowledged;

  /** What of {@link #acknowledged} the mailbox knows. */
  Position saved;

  /** Where delivery ends because the consumer has left the room; no limit while it is there. */
  long until = Long.MAX_VALUE;

  /** Whether it waits in the session's queue for its turn. */
  boolean isQueued;

  /** Whether a read of the log is under way for it. */
  boolean isReading;

  /** Messages read from the log that go before anything else. */
  final ArrayDeque<Run> fetched = new ArrayDeque<>(0);

  /**
   * Creates a member.
   *
   * @param start where it begins, or null for the room's end at the time of attaching
   */
  Member(LaneSession session, LocalRoom room, Position start, boolean isDurable) {
    this.session = session;
    this.room = room;
    this.isDurable = isDurable;
    this.saved = start;
  }

  boolean isPlaced() {
    return epoch != null;
  }

  void placeAt(String newEpoch, long offset) {
    epoch = newEpoch;
    sent = offset;
    acknowledged = offset;
    fetched.clear();
  }

  /** Returns whether there is something to send. */
  boolean isBehind() {
    return isPlaced() && (!fetched.isEmpty() || sent < Math.min(room.top(), until));
  }

  /** Returns whether everything that it should still get has been acknowledged after it left. */
  boolean isFinished() {
    return acknowledged >= until;
  }

  Position acknowledgedPosition() {
    return new Position(epoch, acknowledged);
  }

  boolean hasUnsavedPosition() {
    return isDurable
        && isPlaced()
        && until == Long.MAX_VALUE
        && (saved == null || saved.offset() != acknowledged || !saved.epoch().equals(epoch));
  }
}
