package io.snapper.core.delivery;

import io.snapper.core.Guarded;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that runs one lane: it takes tasks from a bounded queue, gives the lane a chance to send
 * what they made ready once the queue is empty, and calls it every {@link #TICK_MS}.
 *
 * <p>A caller that finds the queue full waits: the lane never does, so the wait is short. What the
 * lane gives to itself goes to a list of its own without a bound: it can neither wait for room, as
 * it is the one that makes it, nor do without the task.
 */
public final class LaneThread implements LaneExecutor {
  private static final Logger LOG = System.getLogger(LaneThread.class.getName());
  private static final long FULL_QUEUE_WAIT_NANOS = 50_000;
  private static final long NAP_NANOS = 500_000;

  /** Tasks after which ready consumers are served even if more tasks wait. */
  private static final int MAX_TASKS_PER_TURN = 1024;

  /** How the thread waits, and so what wakes it up. */
  private enum Sleep {
    NONE,
    /** Anything but a patient task. */
    NAP,
    /** Any task. */
    DEEP
  }

  private record PatientTask(Runnable task) implements Runnable {
    @Override
    public void run() {
      task.run();
    }
  }

  private final Queue<Runnable> tasks;
  private final Thread thread;

  /** What the lane gave to itself; touched by its thread only. */
  private final ArrayDeque<Runnable> own = new ArrayDeque<>();

  private Work lane;
  private volatile boolean isStopped;
  private volatile Sleep sleep = Sleep.NONE;

  /**
   * Whether tasks that may wait have come since the last sleep: more of them are likely, and run
   * together after a nap. Touched by the lane's thread only.
   */
  private boolean isGathering;

  /**
   * Creates the thread; it runs after {@link #start}.
   *
   * @param threads makes the thread
   * @param tasks a queue for many producers and one consumer; bounded
   */
  public LaneThread(ThreadFactory threads, Queue<Runnable> tasks) {
    this.tasks = tasks;
    this.thread = threads.newThread(this::run);
  }

  @Override
  public void start(Work lane) {
    this.lane = lane;
    thread.start();
  }

  @Override
  public void stop(long timeoutMs) throws InterruptedException {
    isStopped = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() != thread) {
      thread.join(timeoutMs);
    }
  }

  @Override
  public boolean isOwner() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    if (isOwner()) {
      own.add(task);
      return;
    }
    while (!tasks.offer(task)) {
      if (isStopped) {
        LOG.log(Level.WARNING, "a lane that stops has a full queue and can't take a task");
        return;
      }
      LockSupport.parkNanos(FULL_QUEUE_WAIT_NANOS);
    }
    // The task must be visible before this is read, or both sides could miss each other.
    VarHandle.fullFence();
    Sleep now = sleep;
    if (now == Sleep.DEEP || (now == Sleep.NAP && !(task instanceof PatientTask))) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void executeSoon(Runnable task) {
    execute(new PatientTask(task));
  }

  private void run() {
    long nextTickNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
    while (!isStopped || !tasks.isEmpty() || !own.isEmpty()) {
      boolean hasWorked = runTasks();
      long now = System.nanoTime();
      if (now - nextTickNanos >= 0) {
        guarded(() -> lane.onTick(System.nanoTime()));
        nextTickNanos = now + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
        hasWorked = true;
      }
      if (hasWorked) {
        guarded(lane::onTurnEnd);
      } else {
        sleep(nextTickNanos - now);
      }
    }
  }

  /** First the lane's own, as many as there are now: more of them must not keep others waiting. */
  private boolean runTasks() {
    int count = own.size();
    for (int left = count; left > 0; left--) {
      guarded(own.poll());
    }
    Runnable task;
    while (count < MAX_TASKS_PER_TURN && (task = tasks.poll()) != null) {
      isGathering |= task instanceof PatientTask;
      guarded(task);
      count++;
    }
    return count > 0;
  }

  private void sleep(long nanos) {
    long longest = isGathering ? Math.min(nanos, NAP_NANOS) : nanos;
    sleep = isGathering ? Sleep.NAP : Sleep.DEEP;
    isGathering = false;
    try {
      if (tasks.isEmpty() && own.isEmpty() && !isStopped) {
        LockSupport.parkNanos(this, longest);
      }
    } finally {
      sleep = Sleep.NONE;
    }
  }

  /** A fault in one task must not end the lane for everybody else on it. */
  private static void guarded(Runnable task) {
    Guarded.run(task, LOG, () -> "a task of a delivery lane failed");
  }
}
