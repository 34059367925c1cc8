package io.snapper.core.delivery;

import io.snapper.core.message.Position;
import io.snapper.core.store.BatchExtent.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One consumer's place in one room of a lane. Owned by the lane. */
final class Member {
  /** So many earlier epochs of what is in flight are remembered. */
  private static final int MAX_PASSED = 8;

  final LaneSession session;
  final LocalRoom room;

  /** Whether the position is kept in the mailbox; false for rooms that only reach who is online. */
  final boolean isDurable;

  /** Its place in the room's list of members; -1 once it is out. */
  int index;

  /** The epoch of the offsets below; null until the room is attached. */
  String epoch;

  /** Up to here messages have been sent or are in flight. */
  long sent;

  /** When the message at {@link #sent} was stored; 0 if it isn't known. */
  long sentTimeMs;

  /** Up to here messages have been acknowledged. */
  long acknowledged;

  private long acknowledgedTimeMs;

  /** What of {@link #acknowledged} the mailbox knows. */
  Position saved;

  /** Where delivery ends because the consumer has left the room; no limit while it is there. */
  long until = Long.MAX_VALUE;

  /**
   * The same while the member has no place yet, or another epoch, so that {@link #until} can't say
   * it; else null.
   */
  Position endSought;

  /** Whether it waits in the session's queue for its turn. */
  boolean isQueued;

  /**
   * The read of the log that is under way for it, or null. It changes with the place: the answer to
   * an earlier one is not for it any more.
   */
  private Object reading;

  /** Whether its place is known to be one of the log as the room sees it. */
  boolean isChecked;

  /**
   * Where it was when it was told of a gap, until it has acknowledged something behind that: the
   * notice may not have arrived, so its place in the mailbox stays there, and the next owner tells
   * it again. Null if there is none.
   */
  private Position beforeGap;

  /** What it is told once the batch in flight is acknowledged, or null. */
  GapNotice lateGap;

  /** Messages read from the log that go before anything else. */
  final ArrayDeque<Run> fetched = new ArrayDeque<>(0);

  private List<Passed> passed = List.of();
  private CompletableFuture<Member> placed;

  /** An epoch that it has left behind, and the place up to which the next one holds the same. */
  private record Passed(String epoch, long offset, long timeMs) {}

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

  /** Completes, on the lane, once it has its place; never if it leaves before. */
  CompletionStage<Member> whenPlaced() {
    if (isPlaced()) {
      return CompletableFuture.completedFuture(this);
    }
    if (placed == null) {
      placed = new CompletableFuture<>();
    }
    return placed;
  }

  boolean isOut() {
    return index < 0;
  }

  boolean isReading() {
    return reading != null;
  }

  /** A read of the log is under way for it; an earlier one is not any more. */
  void beginReading(Object read) {
    reading = read;
  }

  /** Returns whether it still waits for this read, which is over now. */
  boolean endReading(Object read) {
    if (reading != read) {
      return false;
    }
    reading = null;
    return true;
  }

  void placeAt(Position place) {
    epoch = place.epoch();
    sent = place.offset();
    sentTimeMs = place.timeMs();
    acknowledged = sent;
    acknowledgedTimeMs = sentTimeMs;
    fetched.clear();
    passed = List.of();
    beforeGap = null;
    reading = null;
    if (placed != null) {
      placed.complete(this);
      placed = null;
    }
  }

  /** The log has a new epoch, which holds the same as the old one up to {@code kept}. */
  void moveTo(Position kept) {
    if (passed.isEmpty()) {
      passed = new ArrayList<>(1);
    } else if (passed.size() == MAX_PASSED) {
      passed.remove(0);
    }
    if (sent > kept.offset()) {
      sent = kept.offset();
      sentTimeMs = kept.timeMs();
    }
    if (acknowledged > sent) {
      acknowledged = sent;
      acknowledgedTimeMs = sentTimeMs;
    }
    if (beforeGap != null) {
      boolean isThere = beforeGap.offset() < acknowledged;
      beforeGap =
          isThere ? new Position(kept.epoch(), beforeGap.offset(), beforeGap.timeMs()) : null;
    }
    passed.add(new Passed(epoch, sent, sentTimeMs));
    epoch = kept.epoch();
    fetched.clear();
    reading = null;
  }

  /** The messages have been acknowledged; those of an earlier epoch as far as they still exist. */
  void acknowledge(Segment segment) {
    long offset = segment.to();
    long timeMs = segment.toTimeMs();
    if (segment.epoch().equals(epoch)) {
      passed = List.of();
    } else {
      boolean isKnown = false;
      for (Passed step : passed) {
        isKnown |= step.epoch().equals(segment.epoch());
        if (isKnown && step.offset() < offset) {
          offset = step.offset();
          timeMs = step.timeMs();
        }
      }
      if (!isKnown) {
        return;
      }
    }
    if (offset > acknowledged) {
      acknowledged = offset;
      acknowledgedTimeMs = timeMs;
      beforeGap = null;
    }
  }

  /** The log has lost what comes before the next message. */
  void skipTo(long offset) {
    if (acknowledged == sent) {
      beforeGap = acknowledgedPosition();
      acknowledged = offset;
      acknowledgedTimeMs = 0;
    }
    sent = offset;
    sentTimeMs = 0;
  }

  /** Returns whether there is something to send. */
  boolean isBehind() {
    return isPlaced() && (!fetched.isEmpty() || sent < Math.min(room.top(), until));
  }

  /** Returns whether the consumer has left the room, and is still owed something. */
  boolean isLeaving() {
    return until != Long.MAX_VALUE || endSought != null;
  }

  /** The consumer has come back before it had left. */
  void stay() {
    until = Long.MAX_VALUE;
    endSought = null;
  }

  /** Returns whether everything that it should still get has been acknowledged after it left. */
  boolean isFinished() {
    return acknowledged >= until;
  }

  /** Returns its place, which {@code inEpoch} holds, too. */
  Position sentPosition(String inEpoch) {
    return new Position(inEpoch, sent, sentTimeMs);
  }

  /**
   * Returns up to where it has acknowledged everything, or has certainly heard of what it missed.
   */
  Position acknowledgedPosition() {
    return beforeGap != null ? beforeGap : new Position(epoch, acknowledged, acknowledgedTimeMs);
  }

  private boolean isUnsaved(Position place) {
    return saved == null
        || saved.offset() != place.offset()
        || !saved.epoch().equals(place.epoch());
  }

  boolean hasUnsavedPosition() {
    return isDurable
        && isPlaced()
        && !isLeaving()
        // Until it has been told, the next owner must be able to tell it.
        && lateGap == null
        && isUnsaved(acknowledgedPosition());
  }
}
