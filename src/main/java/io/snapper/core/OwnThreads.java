package io.snapper.core;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads of one part of a node, and knows them until they have ended.
 *
 * <p>An executor or an event loop is called terminated by its own last thread, shortly before that
 * ends; a thread that outlives its application in a server may use classes that are gone. Thread
 * safe.
 */
public final class OwnThreads implements ThreadFactory {
  private final ThreadFactory threads;
  private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

  /**
   * Knows no thread yet.
   *
   * @param threads makes them
   */
  public OwnThreads(ThreadFactory threads) {
    this.threads = threads;
  }

  @Override
  public Thread newThread(Runnable task) {
    // One that was not started yet is not alive, either, and must stay.
    made.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Thread thread = threads.newThread(task);
    made.add(thread);
    return thread;
  }

  /**
   * Waits until all of them have ended; those that were never started count as ended. None of them
   * may call it: it would wait for itself.
   *
   * @param longest how long to wait for all together
   * @return whether they did within the time
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    for (Thread thread : made) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, left));
      if (thread.isAlive()) {
        return false;
      }
    }
    return true;
  }
}
