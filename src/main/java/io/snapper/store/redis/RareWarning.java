package io.snapper.store.redis;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Logs a condition that holds for many calls once in a while. Thread safe. */
final class RareWarning {
  private final System.Logger log;
  private final long pauseNs;
  private final AtomicLong nextNs = new AtomicLong(System.nanoTime());

  /**
   * Creates one that has logged nothing.
   *
   * @param pause how long it is silent after a line
   */
  RareWarning(System.Logger log, Duration pause) {
    this.log = log;
    this.pauseNs = pause.toNanos();
  }

  void log(String text) {
    long nowNs = System.nanoTime();
    long dueNs = nextNs.get();
    if (nowNs - dueNs >= 0 && nextNs.compareAndSet(dueNs, nowNs + pauseNs)) {
      log.log(Level.WARNING, text);
    }
  }
}
