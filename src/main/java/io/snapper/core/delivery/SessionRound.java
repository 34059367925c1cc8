package io.snapper.core.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A lane's sessions in the order in which they are looked at: each one once in {@link
 * #TICKS_PER_ROUND} ticks, also if many end on the way. Owned by the lane.
 */
final class SessionRound {
  /** About a second. */
  static final int TICKS_PER_ROUND = (int) (1000 / LaneExecutor.TICK_MS);

  private final List<LaneSession> sessions = new ArrayList<>();
  private int ticks;

  /** The place from which it goes on. */
  private int next;

  /** How many are looked at in this round: each time, and until its end. */
  private int perTick;

  private int left;

  int size() {
    return sessions.size();
  }

  /** Returns one of the sessions; there must be one. */
  LaneSession any() {
    return sessions.get(sessions.size() - 1);
  }

  void add(LaneSession session) {
    session.index = sessions.size();
    sessions.add(session);
  }

  void remove(LaneSession session) {
    LaneSession last = sessions.remove(sessions.size() - 1);
    if (last != session) {
      sessions.set(session.index, last);
      last.index = session.index;
    }
  }

  /**
   * Looks at those whose turn it is.
   *
   * @param check may end the session
   * @return whether a round is complete
   */
  boolean onTick(Consumer<LaneSession> check) {
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
      LaneSession session = sessions.get(next);
      check.accept(session);
      // An ended session's place is taken by the last one, whose turn it is then.
      if (!session.hasEnded()) {
        next++;
      }
    }
    return isNewRound;
  }
}
