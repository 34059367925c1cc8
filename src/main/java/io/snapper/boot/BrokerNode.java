package io.snapper.boot;

import io.netty.util.concurrent.GlobalEventExecutor;
import io.snapper.config.SnapperSettings;
import io.snapper.core.Broker;
import io.snapper.core.NodeControl;
import io.snapper.core.NodePhase;
import io.snapper.core.NodeStatus;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.delivery.LaneExecutor;
import io.snapper.core.delivery.LaneThread;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import io.snapper.core.store.Stores;
import io.snapper.store.redis.EmbeddedRedis;
import io.snapper.store.redis.RedisStore;
import io.snapper.store.redis.RedisStoreOptions;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * One node from start to stop: the embedded Redis if there is one, the store, the broker, the
 * producers' port.
 *
 * <p>The node waits for its store in the background and is not ready meanwhile.
 */
@OnePerNode
public class BrokerNode implements NodeControl {
  private static final Logger LOG = System.getLogger(BrokerNode.class.getName());
  private static final int LANE_QUEUE_LENGTH = 1 << 16;
  private static final Duration LEAST_STORE_WAIT = Duration.ofSeconds(2);
  private static final Duration DRAIN_MARGIN = Duration.ofSeconds(5);
  private static final long DEPLOYMENT_WAIT_MS = 10_000;
  private static final long START_THREAD_TIMEOUT_MS = 5_000;
  private static final long PAUSE_BETWEEN_STARTS_MS = 1_000;
  private static final long NETTY_END_LIMIT_SECONDS = 3;

  private final SnapperSettings settings;
  private final Threads threads;
  private final TokenVerifier tokens;
  private final Optional<EmbeddedRedis> embeddedRedis;
  private final RedisStore store;
  private final Broker broker;
  private final ProducerPort producers;
  private Thread starter;
  private boolean isStopped;

  /**
   * Starts the embedded Redis, if the settings ask for it, and makes a node that is not started.
   */
  @Inject
  public BrokerNode(
      SnapperSettings settings,
      Threads threads,
      TokenVerifier tokens,
      PresenceAnnouncer announcer) {
    NettyLeakDetection.switchOff();
    this.settings = settings;
    this.threads = threads;
    this.tokens = tokens;
    this.embeddedRedis =
        settings.redis().isEmbedded()
            ? Optional.of(
                StartReport.reporting(
                    () -> EmbeddedRedis.start(settings.dataDirectory().resolve("redis"), 0)))
            : Optional.empty();
    this.store = new RedisStore(storeOptions(), threads.named("redis"));
    this.broker =
        new Broker(
            newNodeId(),
            SettingsMapping.brokerOptions(settings),
            new Stores(
                store.roomLog(), store.mailboxes(), store.users(), store.nodes(), store.channel()),
            threads.scheduler(),
            lanes(),
            System::nanoTime,
            System::currentTimeMillis,
            settings.presenceEvents()
                ? Optional.of(announcer.reporting(store.presence()))
                : Optional.empty());
    this.producers =
        new ProducerPort(settings.producer(), broker, tokens, threads.named("producer"));
  }

  private RedisStoreOptions storeOptions() {
    RedisStoreOptions options =
        SettingsMapping.storeOptions(
            settings, embeddedRedis.map(EmbeddedRedis::address).orElse(null));
    return embeddedRedis.map(redis -> options.withPassword(redis.password())).orElse(options);
  }

  private List<LaneExecutor> lanes() {
    ThreadFactory factory = threads.named("lane");
    List<LaneExecutor> lanes = new ArrayList<>();
    for (int index = 0; index < settings.delivery().laneCount(); index++) {
      lanes.add(new LaneThread(factory, new MpscAtomicArrayQueue<>(LANE_QUEUE_LENGTH)));
    }
    return lanes;
  }

  private static NodeId newNodeId() {
    long random = new SecureRandom().nextLong() & Long.MAX_VALUE;
    return new NodeId(Long.toString(random, Character.MAX_RADIX));
  }

  Broker broker() {
    return broker;
  }

  /**
   * Connects to the store, however long that takes, and then serves; {@code whenReady} runs after
   * that. Returns when the node serves, but after 10 s at the latest.
   */
  void start(Runnable whenReady) {
    Thread thread = threads.named("start").newThread(() -> serve(whenReady));
    synchronized (this) {
      starter = thread;
    }
    thread.start();
    try {
      // Payara closes the application's jars for a moment when the deployment ends; a class that is
      // being loaded then stays broken. So what a start needs is loaded before that, if Redis is
      // there.
      thread.join(DEPLOYMENT_WAIT_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Runnable whenReady) {
    try {
      store.connect();
      startBroker();
      producers.open();
      LOG.log(Level.INFO, "node {0} is ready", broker.node());
      whenReady.run();
    } catch (InterruptedException stopped) {
      LOG.log(Level.INFO, "the start was interrupted");
    } catch (ExecutionException | IllegalStateException | SnapperException | LinkageError failure) {
      Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
      if (isStopped()) {
        LOG.log(Level.INFO, "the start was interrupted: {0}", cause.getMessage());
      } else {
        broker.startFailed(cause.getMessage());
        LOG.log(Level.ERROR, "the node can't start: " + cause.getMessage(), cause);
      }
    }
  }

  /** Starts the broker, again if the store goes away meanwhile. */
  private void startBroker() throws InterruptedException, ExecutionException {
    while (true) {
      try {
        broker.start().toCompletableFuture().get();
        return;
      } catch (ExecutionException failure) {
        if (!SnapperException.isUnavailable(failure)) {
          throw failure;
        }
        LOG.log(Level.WARNING, "the start is begun again: {0}", failure.getCause().getMessage());
        Thread.sleep(PAUSE_BETWEEN_STARTS_MS);
      }
    }
  }

  private synchronized boolean isStopped() {
    return isStopped;
  }

  /**
   * Returns the port on which producers are awaited; empty before the node is ready, or if it
   * awaits none.
   */
  Optional<Integer> producerPort() {
    return producers.port();
  }

  @Override
  public NodeStatus status() {
    NodePhase phase = broker.phase();
    boolean isDrained = producers.isSettled() && producers.producers() == 0;
    return new NodeStatus(
        broker.node(),
        broker.address(),
        phase == NodePhase.DRAINED && !isDrained ? NodePhase.DRAINING : phase,
        obstacles(),
        broker.consumers(),
        producers.producers(),
        broker.unstoredMessages());
  }

  private List<String> obstacles() {
    List<String> obstacles = new ArrayList<>(broker.obstacles());
    producers.obstacle().ifPresent(obstacles::add);
    return obstacles;
  }

  @Override
  public synchronized NodeStatus drain() {
    NodePhase phase = broker.phase();
    if (isStopped || phase == NodePhase.STARTING) {
      throw notInService();
    }
    LOG.log(Level.INFO, "node {0} goes out of service", broker.node());
    broker.drain(settings.drain().consumersPerSecond(), settings.drain().limit());
    producers.closeSoon();
    return status();
  }

  @Override
  public synchronized NodeStatus resume() {
    if (isStopped || !broker.resume()) {
      throw notInService();
    }
    LOG.log(Level.INFO, "node {0} serves again", broker.node());
    producers.openSoon();
    return status();
  }

  private SnapperException notInService() {
    return SnapperException.unavailable(
        "the node is " + (isStopped ? "stopping" : broker.phase().toString()), null);
  }

  /**
   * Stops in the opposite order: no new connections; what producers sent is stored while consumers
   * are released in steps; the lease is given up, the store and its Redis end.
   */
  void stop() {
    try {
      stopServing();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      store.close();
      embeddedRedis.ifPresent(EmbeddedRedis::stop);
      awaitEndOfNetty();
    }
  }

  /** A thread that Netty keeps for its notices ends by itself when there have been none for 1 s. */
  private static void awaitEndOfNetty() {
    try {
      GlobalEventExecutor.INSTANCE.awaitInactivity(NETTY_END_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IllegalStateException neverStarted) {
      LOG.log(Level.DEBUG, "Netty had no notices");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopServing() throws InterruptedException {
    synchronized (this) {
      isStopped = true;
      if (starter != null) {
        starter.interrupt();
      }
    }
    broker.refuseNewConnections();
    if (starter != null) {
      starter.join(START_THREAD_TIMEOUT_MS);
    }
    Duration limit = settings.drain().limit();
    long endNanos = System.nanoTime() + limit.toNanos();
    CompletionStage<Void> released = broker.drain(settings.drain().consumersPerSecond(), limit);
    producers.end();
    try {
      released
          .toCompletableFuture()
          .get(limit.plus(DRAIN_MARGIN).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      LOG.log(Level.WARNING, "not every consumer was released", failure);
    }
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    broker.stop(left.compareTo(LEAST_STORE_WAIT) > 0 ? left : LEAST_STORE_WAIT);
  }
}
