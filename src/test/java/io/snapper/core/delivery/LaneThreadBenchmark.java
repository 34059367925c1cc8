package io.snapper.core.delivery;

import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The way to a lane from another thread; needs two idle cores. */
@State(Scope.Thread)
public class LaneThreadBenchmark {
  private static final int TASKS = 1_000;

  private final LaneThread lane = new LaneThread(Thread::new, new MpscAtomicArrayQueue<>(1 << 16));
  private long given;
  private volatile long done;

  @Setup
  public void start() {
    lane.start(
        new LaneExecutor.Work() {
          @Override
          public void onTurnEnd() {
            // Nothing was made ready.
          }

          @Override
          public void onTick(long nowNanos) {
            // There are no consumers.
          }
        });
  }

  @TearDown
  public void stop() throws InterruptedException {
    lane.stop(1_000);
  }

  /** A lane that has nothing to do. */
  @State(Scope.Thread)
  public static class Pause {
    private static final long UNTIL_IT_SLEEPS_NANOS = 50_000;

    @Setup(Level.Invocation)
    public void await() {
      LockSupport.parkNanos(UNTIL_IT_SLEEPS_NANOS);
    }
  }

  /** From giving a task to a lane that sleeps to the task's end. */
  @Benchmark
  public long wake(Pause pause) {
    return give(1);
  }

  /** A task of many. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public long hop() {
    return give(TASKS);
  }

  private long give(int tasks) {
    given += tasks;
    for (int count = 0; count < tasks; count++) {
      lane.execute(() -> done++);
    }
    while (done != given) {
      Thread.onSpinWait();
    }
    return given;
  }
}
