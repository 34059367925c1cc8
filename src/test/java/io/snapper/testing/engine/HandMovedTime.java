package io.snapper.testing.engine;

import io.snapper.core.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A clock and a scheduler that stand still until they are moved. Runs everything on the moving
 * thread.
 */
public final class HandMovedTime implements Scheduler {
  private static final long START_MS = 1_790_000_000_000L;
  private static final long STEP_MS = 10;
  private static final int MAX_ROUNDS = 100_000;

  private record Planned(long dueMs, long order, Runnable task) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparingLong(Planned::dueMs).thenComparing(Planned::order));
  private final List<HandDrivenLane> lanes = new ArrayList<>();
  private long nowMs = START_MS;
  private long order;

  @Override
  public void schedule(long delayMs, Runnable task) {
    planned.add(new Planned(nowMs + delayMs, order++, task));
  }

  void drive(HandDrivenLane lane) {
    lanes.add(lane);
  }

  /** Returns ms since 1970. */
  public long nowMs() {
    return nowMs;
  }

  public long nanoTime() {
    return nowMs * 1_000_000;
  }

  /** Runs what is due now, and what that causes, until nothing is left to do. */
  public void settle() {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean hasWorked = false;
      while (!planned.isEmpty() && planned.peek().dueMs() <= nowMs) {
        planned.poll().task().run();
        hasWorked = true;
      }
      for (HandDrivenLane lane : lanes) {
        hasWorked |= lane.runTurn();
      }
      if (!hasWorked) {
        return;
      }
    }
    throw new AssertionError("the node does not come to rest");
  }

  /** Moves the clock, and does on the way what is due. */
  public void advance(long ms) {
    settle();
    for (long moved = 0; moved < ms; moved += STEP_MS) {
      nowMs += Math.min(STEP_MS, ms - moved);
      lanes.forEach(lane -> lane.tickIfDue(nanoTime()));
      settle();
    }
  }
}
