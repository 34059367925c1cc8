package io.snapper.faults;

import io.snapper.core.Broker;
import io.snapper.core.BrokerOptions;
import io.snapper.core.Scheduler;
import io.snapper.core.delivery.LaneThread;
import io.snapper.core.message.NodeId;
import io.snapper.core.presence.PresenceListener;
import io.snapper.core.presence.PresenceReporting;
import io.snapper.core.store.Stores;
import io.snapper.store.redis.RedisStore;
import io.snapper.store.redis.RedisStoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/** A broker of one lane with a Redis store and threads of its own, as boot puts it together. */
final class RunningNode implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int QUEUE_LENGTH = 1 << 16;
  private static final long START_LIMIT_SECONDS = 20;
  private static final long LANE_END_LIMIT_MS = 2_000;

  private final RedisStore store;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final ExecutorService listeners = Executors.newSingleThreadExecutor();
  private final LaneThread lane =
      new LaneThread(Thread::new, new MpscAtomicArrayQueue<>(QUEUE_LENGTH));
  private final Broker broker;
  private boolean isEnded;

  private RunningNode(
      RedisStoreOptions redis, BrokerOptions options, Optional<PresenceListener> listener) {
    this.store = new RedisStore(redis, Thread::new);
    this.broker =
        new Broker(
            new NodeId("node-" + NUMBERS.incrementAndGet() + "-" + System.nanoTime()),
            options,
            new Stores(
                store.roomLog(), store.mailboxes(), store.users(), store.nodes(), store.channel()),
            scheduler(),
            List.of(lane),
            System::nanoTime,
            System::currentTimeMillis,
            listener.map(
                hearing -> new PresenceReporting(store.presence(), listeners::execute, hearing)));
  }

  /** Starts a node; returns when it serves. */
  static RunningNode start(RedisStoreOptions redis) {
    return start(redis, BrokerOptions.defaults("test:8080"));
  }

  /** Makes a node that has reached its Redis and is not started. */
  static RunningNode connect(RedisStoreOptions redis) {
    return connect(redis, BrokerOptions.defaults("test:8080"));
  }

  private static RunningNode connect(RedisStoreOptions redis, BrokerOptions options) {
    return connect(redis, options, Optional.empty());
  }

  private static RunningNode connect(
      RedisStoreOptions redis, BrokerOptions options, Optional<PresenceListener> listener) {
    RunningNode node = new RunningNode(redis, options, listener);
    try {
      node.store.connect();
      return node;
    } catch (RuntimeException failure) {
      node.kill();
      throw failure;
    }
  }

  static RunningNode start(RedisStoreOptions redis, BrokerOptions options) {
    return start(redis, options, Optional.empty());
  }

  /** Starts a node that tells who comes online and who goes. */
  static RunningNode start(
      RedisStoreOptions redis, BrokerOptions options, PresenceListener listener) {
    return start(redis, options, Optional.of(listener));
  }

  private static RunningNode start(
      RedisStoreOptions redis, BrokerOptions options, Optional<PresenceListener> listener) {
    RunningNode node = connect(redis, options, listener);
    try {
      node.broker
          .start()
          .toCompletableFuture()
          .orTimeout(START_LIMIT_SECONDS, TimeUnit.SECONDS)
          .join();
      return node;
    } catch (RuntimeException failure) {
      node.kill();
      throw failure;
    }
  }

  private Scheduler scheduler() {
    return (delayMs, task) -> {
      try {
        timer.schedule(() -> guarded(task), delayMs, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException ended) {
        // The node is dead.
      }
    };
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      System.getLogger(RunningNode.class.getName())
          .log(System.Logger.Level.ERROR, "a delayed task failed", fault);
    }
  }

  Broker broker() {
    return broker;
  }

  NodeId id() {
    return broker.node();
  }

  List<String> obstacles() {
    return broker.obstacles();
  }

  /** Ends it as kill -9 does: nothing is written, its connections break. */
  void kill() {
    isEnded = true;
    timer.shutdownNow();
    listeners.shutdownNow();
    store.close();
    stopLane();
  }

  /** Stops it in good order. */
  @Override
  public void close() {
    if (isEnded) {
      return;
    }
    isEnded = true;
    try {
      broker.stop(Duration.ofSeconds(2));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
    listeners.shutdownNow();
    store.close();
    stopLane();
  }

  private void stopLane() {
    try {
      lane.stop(LANE_END_LIMIT_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
