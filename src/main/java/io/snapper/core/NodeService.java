package io.snapper.core;

import io.snapper.core.delivery.Lanes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Whether a node serves, and its way out of service and back. Thread safe.
 *
 * <p>A drain and what ends it exclude each other: a step that came to the lanes after a return to
 * service would close them for good.
 */
final class NodeService {
  private static final Logger LOG = System.getLogger(NodeService.class.getName());
  private static final long STEP_MS = 50;
  private static final long SECOND_MS = 1000;

  /** Of the limit: the rest is for the last states that are still being written. */
  private static final double SHARE_FOR_RELEASING = 0.75;

  private final Lanes lanes;
  private final Scheduler scheduler;
  private final LongSupplier nanoTime;
  private volatile NodePhase phase = NodePhase.STARTING;

  /** The drain under way or the last one; guarded by the lock of this. */
  private Drain drain;

  NodeService(Lanes lanes, Scheduler scheduler, LongSupplier nanoTime) {
    this.lanes = lanes;
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
  }

  private record Drain(long stepMs, int perStep, long endNanos, CompletableFuture<Void> done) {}

  NodePhase phase() {
    return phase;
  }

  boolean isServing() {
    return phase == NodePhase.SERVING;
  }

  synchronized void started() {
    if (phase == NodePhase.STARTING) {
      phase = NodePhase.SERVING;
    }
  }

  synchronized void stopped() {
    phase = NodePhase.STOPPED;
  }

  /** Takes no connections from now on; those that are open go on. */
  synchronized void refuseNewConnections() {
    if (phase == NodePhase.STARTING || phase == NodePhase.SERVING) {
      phase = NodePhase.DRAINING;
    }
  }

  /** See {@link Broker#drain}. */
  synchronized CompletionStage<Void> drain(int consumersPerSecond, Duration limit) {
    refuseNewConnections();
    if (drain == null || drain.done().isDone()) {
      drain = plan(consumersPerSecond, limit);
      step(drain);
    }
    return drain.done();
  }

  private Drain plan(int consumersPerSecond, Duration limit) {
    double releasing = Math.max(STEP_MS, limit.toMillis() * SHARE_FOR_RELEASING) / SECOND_MS;
    double needed = lanes.openConnections() / releasing;
    double perSecond = Math.max(consumersPerSecond, needed);
    long stepMs = Math.max(STEP_MS, (long) (SECOND_MS / perSecond));
    int perStep = (int) Math.max(1, Math.ceil(perSecond * stepMs / SECOND_MS));
    return new Drain(
        stepMs, perStep, nanoTime.getAsLong() + limit.toNanos(), new CompletableFuture<>());
  }

  private void step(Drain drain) {
    CompletionStage<Integer> released;
    synchronized (this) {
      if (drain != this.drain || drain.done().isDone()) {
        return;
      }
      released = lanes.drain(drain.perStep());
    }
    released
        // The lane has told of its fault; somebody may be left there.
        .exceptionally(fault -> 1)
        // Not on a lane's thread: whoever holds the lock may wait for room in that lane's queue.
        .thenAccept(left -> scheduler.schedule(0, () -> onStep(drain, left)));
  }

  private synchronized void onStep(Drain drain, int left) {
    if (drain.done().isDone()) {
      return;
    }
    if (left == 0) {
      if (phase == NodePhase.DRAINING) {
        phase = NodePhase.DRAINED;
      }
      drain.done().complete(null);
    } else if (nanoTime.getAsLong() - drain.endNanos() >= 0) {
      LOG.log(
          Level.WARNING,
          "{0} consumers are not released after the time that draining has",
          Integer.toString(left));
      drain.done().complete(null);
    } else {
      scheduler.schedule(drain.stepMs(), () -> step(drain));
    }
  }

  /** Takes connections again. Returns false if the node has not started, or stops. */
  synchronized boolean resume() {
    if (phase == NodePhase.STARTING || phase == NodePhase.STOPPED) {
      return false;
    }
    if (drain != null) {
      drain.done().complete(null);
      drain = null;
      lanes.resume();
    }
    phase = NodePhase.SERVING;
    return true;
  }
}
