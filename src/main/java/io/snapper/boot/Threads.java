package io.snapper.boot;

import io.snapper.core.Guarded;
import io.snapper.core.Scheduler;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The container's threads, under names that say what they do.
 *
 * <p>The container's ready-made executors are not used: Payara captures the caller's context for
 * each task of theirs, which costs more than what we run on them.
 */
@OnePerNode
public class Threads {
  private static final Logger LOG = System.getLogger(Threads.class.getName());
  private static final long END_TIMEOUT_SECONDS = 2;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory managed;

  private ScheduledExecutorService timer;
  private ExecutorService background;

  /** Returns a factory whose threads are called {@code snapper-<purpose>-<number>}. */
  public ThreadFactory named(String purpose) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = managed.newThread(task);
      thread.setName("snapper-" + purpose + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Returns what runs the engine's delayed tasks, which are short. */
  synchronized Scheduler scheduler() {
    if (timer == null) {
      timer = Executors.newScheduledThreadPool(1, named("timer"));
    }
    ScheduledExecutorService executor = timer;
    return (delayMs, task) -> {
      try {
        executor.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException stopped) {
        LOG.log(Level.DEBUG, "a delayed task came after the end");
      }
    };
  }

  /** Returns what runs tasks that may wait for something outside. */
  synchronized Executor background() {
    if (background == null) {
      background = Executors.newFixedThreadPool(2, named("background"));
    }
    return background;
  }

  private static void guarded(Runnable task) {
    Guarded.run(task, LOG, () -> "a delayed task failed");
  }

  /** Ends the timer and the background threads; what is delayed is not run. */
  @PreDestroy
  synchronized void stop() {
    end(timer);
    end(background);
  }

  private static void end(ExecutorService executor) {
    if (executor == null) {
      return;
    }
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "background threads have not ended");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
