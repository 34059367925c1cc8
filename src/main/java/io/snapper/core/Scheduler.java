package io.snapper.core;

/** Runs things later. Boot backs it with the container's timer, tests with a hand-moved one. */
public interface Scheduler {
  /**
   * Runs {@code task} once, {@code delayMs} milliseconds (0 or more) from now; the task must be
   * short.
   */
  void schedule(long delayMs, Runnable task);
}
