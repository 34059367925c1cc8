package io.snapper.testing.engine;

import io.snapper.core.delivery.LaneExecutor;
import java.util.ArrayDeque;
import java.util.Queue;

/** A lane's executor that works when {@link HandMovedTime} says so. */
final class HandDrivenLane implements LaneExecutor {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private Work lane;
  private long nextTickNanos;
  private boolean isRunning;
  private boolean isStopped;
  private boolean isStandingStill;

  @Override
  public void start(Work work) {
    lane = work;
  }

  @Override
  public void stop(long timeoutMs) {
    isStopped = true;
    tasks.clear();
  }

  @Override
  public boolean isOwner() {
    return isRunning;
  }

  @Override
  public void execute(Runnable task) {
    if (!isStopped) {
      tasks.add(task);
    }
  }

  /** Keeps what comes, and runs none of it while that is true. */
  void setStandingStill(boolean isTrue) {
    isStandingStill = isTrue;
  }

  /** Runs what is queued; returns whether there was anything. */
  boolean runTurn() {
    if (tasks.isEmpty() || isStandingStill) {
      return false;
    }
    asOwner(
        () -> {
          Runnable task;
          while ((task = tasks.poll()) != null) {
            task.run();
          }
          lane.onTurnEnd();
        });
    return true;
  }

  void tickIfDue(long nowNanos) {
    if (isStopped || isStandingStill || nowNanos < nextTickNanos) {
      return;
    }
    nextTickNanos = nowNanos + TICK_MS * 1_000_000;
    asOwner(
        () -> {
          lane.onTick(nowNanos);
          lane.onTurnEnd();
        });
  }

  private void asOwner(Runnable work) {
    isRunning = true;
    try {
      work.run();
    } finally {
      isRunning = false;
    }
  }
}
