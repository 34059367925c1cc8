package io.snapper.store.redis;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes a store's threads, and knows them until they have ended.
 *
 * <p>An executor reports its end while its last threads still have something to do; a thread that
 * outlives its application in a server may use classes that are gone. Thread safe.
 */
final class StoreThreads implements ThreadFactory {
  private final ThreadFactory threads;
  private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

  StoreThreads(ThreadFactory threads) {
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
   * Waits until all of them have ended; those that were never started count as ended.
   *
   * @return whether they did within the time
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  boolean awaitEnd(Duration longest) throws InterruptedException {
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
