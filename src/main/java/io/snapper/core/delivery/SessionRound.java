package io.snapper.core.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A lane's sessions in the order in which they are looked at: the turn of each comes once in {@link
 * #TICKS_PER_ROUND} ticks, also if many end on the way, and it is looked at if something is due by
 * then. So one that is idle costs the reading of a number. Owned by the lane.
 */
final class SessionRound {
  /** About a second. */
  static final int TICKS_PER_ROUND = (int) (1000 / LaneExecutor.TICK_MS);

  private static final int FIRST_CAPACITY = 16;

  private final List<LaneSession> sessions = new ArrayList<>();

  /** When something is due for the session in the same place, in ns since {@link #beginNanos}. */
  private long[] due = new long[FIRST_CAPACITY];

  private final long beginNanos;
  private int ticks;

  /** The place from which it goes on. */
  private int next;

  /** How many turns there are in this round: each time, and until its end. */
  private int perTick;

  private int left;

  /** Looks at a session. */
  interface Check {
    /**
     * Does what is due, and may end the session.
     *
     * @return when the next thing is due; {@link System#nanoTime}
     */
    long check(LaneSession session);
  }

  SessionRound(long nowNanos) {
    this.beginNanos = nowNanos;
  }

  int size() {
    return sessions.size();
  }

  /** Returns one of the sessions; there must be one. */
  LaneSession any() {
    return sessions.get(sessions.size() - 1);
  }

  /** Adds a session that is looked at when its turn comes. */
  void add(LaneSession session) {
    int index = sessions.size();
    if (index == due.length) {
      due = Arrays.copyOf(due, 2 * index);
    }
    session.index = index;
    sessions.add(session);
    due[index] = Long.MIN_VALUE;
  }

  void remove(LaneSession session) {
    LaneSession last = sessions.remove(sessions.size() - 1);
    if (last != session) {
      sessions.set(session.index, last);
      due[session.index] = due[last.index];
      last.index = session.index;
    }
  }

  /** Something is due for the session at {@code nanos}, if nothing is before. */
  void dueAt(LaneSession session, long nanos) {
    due[session.index] = Math.min(due[session.index], nanos - beginNanos);
  }

  /**
   * Looks at those whose turn it is.
   *
   * @return whether a round is complete
   */
  boolean onTick(long nowNanos, Check check) {
    ticks++;
    boolean isNewRound = ticks % TICKS_PER_ROUND == 0;
    if (isNewRound) {
      left = sessions.size();
      perTick = (left + TICKS_PER_ROUND - 1) / TICKS_PER_ROUND;
    }
    int count = Math.min(perTick, left);
    left -= count;
    for (; count > 0 && !sessions.isEmpty(); count--) {
      next = next < sessions.size() ? next : 0;
      if (due[next] > nowNanos - beginNanos) {
        next++;
        continue;
      }
      LaneSession session = sessions.get(next);
      long nextDueNanos = check.check(session);
      // An ended session's place is taken by the last one, whose turn it is then.
      if (!session.hasEnded()) {
        due[next++] = nextDueNanos - beginNanos;
      }
    }
    return isNewRound;
  }
}
