package io.snapper.core.delivery;

import java.util.concurrent.Executor;

/** Runs a lane's tasks one at a time, in the order in which each thread gave them. */
public interface LaneExecutor extends Executor {
  /** How often the lane is called for its regular work, in ms. */
  long TICK_MS = 100;

  /**
   * Runs a task that may wait for a moment, as acknowledgements may: with whatever the lane does
   * next, and about a millisecond later at most. Saves waking the lane up for each of them.
   */
  default void executeSoon(Runnable task) {
    execute(task);
  }

  /** What a lane does besides its tasks; called as a task is. */
  interface Work {
    /** The tasks of this turn are done: what they made ready goes out now. */
    void onTurnEnd();

    /** About {@link #TICK_MS} have passed. */
    void onTick(long nowNanos);
  }

  /** Starts to work for {@code lane}; called once. */
  void start(Work lane);

  /** Runs what is queued, then ends; waits at most {@code timeoutMs}. */
  void stop(long timeoutMs) throws InterruptedException;

  /** Returns whether the calling code runs as one of this lane's tasks. */
  boolean isOwner();
}
