package io.snapper.store.redis;

import io.netty.util.Timeout;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * One node's sharded subscriptions: a connection to each master, and on it a channel for each
 * partition that the master holds.
 *
 * <p>It has connections of its own instead of Redisson's topics, for three reasons: a sharded topic
 * of Redisson 4.7 is lost when its slot moves to another master (the move is tried with the codec
 * of an ordinary subscription, which is null); each subscription there is a round trip under a
 * lock, where here all are written at once; and here every new subscription is seen, so none can be
 * renewed without the engine's knowing.
 *
 * <p>A connection that breaks is opened again by Redisson. A partition whose master has changed,
 * whose subscription was not confirmed, or which is silent is found by the {@link
 * SubscriptionWatch}, and subscribed anew.
 */
final class RedisPushChannel implements PushChannel {
  private static final System.Logger LOG = System.getLogger(RedisPushChannel.class.getName());

  private final ScriptRunner scripts;
  private final RedisKeys keys;
  private final Supplier<ConnectionManager> connection;
  private final long timeoutMs;
  private final Subscription[] subscriptions;
  private final List<String> sequenceKeys;

  private final Receiver receiver = new Receiver();

  // Guarded by this.
  private final Map<RedisClient, PushConnection> connections = new HashMap<>();
  private ConnectionManager servers;
  private SubscriptionWatch watch;
  private NodeId node;
  private Listener listener;

  /**
   * Creates a channel that is not open.
   *
   * @param connection the servers, asked for when the channel is opened
   * @param timeoutMs how long a confirmation or a probe is awaited
   */
  RedisPushChannel(
      Supplier<ConnectionManager> connection,
      ScriptRunner scripts,
      RedisKeys keys,
      long timeoutMs) {
    this.scripts = scripts;
    this.keys = keys;
    this.connection = connection;
    this.timeoutMs = timeoutMs;
    this.subscriptions = new Subscription[keys.partitions()];
    List<String> names = new ArrayList<>();
    for (int partition = 0; partition < keys.partitions(); partition++) {
      names.add(keys.sequences(partition));
    }
    this.sequenceKeys = List.copyOf(names);
  }

  @Override
  public int partitions() {
    return keys.partitions();
  }

  @Override
  public int partitionOf(RoomName room) {
    return keys.partitionOf(room);
  }

  @Override
  public int partitionOf(ConsumerId consumer) {
    return keys.partitionOf(consumer);
  }

  @Override
  public CompletionStage<Void> open(NodeId node, Listener listener) {
    List<CompletableFuture<Void>> confirmations = new ArrayList<>();
    synchronized (this) {
      if (this.node != null) {
        throw new IllegalStateException("the channel of " + this.node + " is open");
      }
      this.servers = connection.get();
      this.node = node;
      this.listener = listener;
      for (int partition = 0; partition < subscriptions.length; partition++) {
        String name = keys.channel(partition, node);
        subscriptions[partition] =
            new Subscription(partition, servers.calcSlot(name), name, receiver);
        confirmations.add(subscriptions[partition].confirmed());
        subscribe(subscriptions[partition]);
      }
      watch = new SubscriptionWatch(this, servers.getServiceManager(), scripts, timeoutMs);
      watch.begin();
    }
    return confirmed(CompletableFuture.allOf(confirmations.toArray(CompletableFuture<?>[]::new)));
  }

  private CompletionStage<Void> confirmed(CompletableFuture<Void> confirmations) {
    Timeout timeout =
        servers
            .getServiceManager()
            .newTimeout(
                expired -> confirmations.completeExceptionally(new TimeoutException()),
                timeoutMs,
                TimeUnit.MILLISECONDS);
    return confirmations.handle(
        (done, failure) -> {
          timeout.cancel();
          if (failure != null) {
            close();
            throw SnapperException.unavailable("Redis does not confirm subscriptions", failure);
          }
          return done;
        });
  }

  @Override
  public CompletionStage<long[]> sequences(NodeId node) {
    return scripts
        .getFields(sequenceKeys, node.value())
        .thenApply(
            values ->
                values.stream()
                    .mapToLong(value -> value == null ? 0 : Replies.number(value))
                    .toArray());
  }

  @Override
  public synchronized int silentPartitions() {
    int silent = 0;
    for (Subscription subscription : subscriptions) {
      if (subscription != null && !subscription.isLive()) {
        silent++;
      }
    }
    return silent;
  }

  @Override
  public synchronized void close() {
    if (node == null) {
      return;
    }
    node = null;
    listener = null;
    watch.end();
    Arrays.fill(subscriptions, null);
    connections.values().forEach(PushConnection::close);
    connections.clear();
  }

  // What the watch does.

  /** Returns the connections that are there now. */
  synchronized List<PushConnection> connections() {
    return List.copyOf(connections.values());
  }

  /** Returns the subscriptions that seem to work on a connection. */
  synchronized List<Subscription> liveOn(PushConnection on) {
    List<Subscription> live = new ArrayList<>();
    for (Subscription subscription : subscriptions) {
      if (subscription != null && subscription.isOn(on) && subscription.isLive()) {
        live.add(subscription);
      }
    }
    return live;
  }

  /** Moves the subscriptions whose server has changed or that have not been confirmed in time. */
  synchronized void repair() {
    if (node == null) {
      return;
    }
    List<PushConnection> useless =
        connections.values().stream().filter(PushConnection::isUseless).toList();
    useless.forEach(this::drop);
    connections.values().forEach(this::noticeBreak);
    long nowNs = System.nanoTime();
    for (Subscription subscription : subscriptions) {
      RedisClient server = serverOf(subscription);
      boolean isElsewhere =
          server != null
              && (subscription.connection() == null
                  || subscription.connection().server() != server);
      boolean isOverdue = subscription.isOverdue(nowNs, TimeUnit.MILLISECONDS.toNanos(timeoutMs));
      if (isElsewhere || isOverdue || useless.contains(subscription.connection())) {
        subscribe(subscription);
      }
    }
  }

  /** Subscribes everything that is on this connection on a new one. */
  synchronized void rebuild(PushConnection silent) {
    if (node == null || connections.get(silent.server()) != silent) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "nothing comes over the subscriptions at {0}; subscribing anew",
        silent.server().getAddr());
    drop(silent);
    for (Subscription subscription : subscriptions) {
      if (subscription.isOn(silent)) {
        subscribe(subscription);
      }
    }
  }

  /** Subscribes again what a server has forgotten, if it is still there. */
  synchronized void renew(List<Subscription> forgotten, PushConnection on) {
    List<Subscription> stillThere =
        forgotten.stream()
            .filter(
                subscription ->
                    subscriptions[subscription.partition()] == subscription
                        && subscription.isOn(on)
                        && subscription.isLive())
            .toList();
    if (!stillThere.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0} has forgotten {1} subscriptions; subscribing again",
          on.server().getAddr(),
          stillThere.size());
      stillThere.forEach(this::subscribe);
    }
  }

  // Called under the lock.
  private void drop(PushConnection useless) {
    connections.remove(useless.server(), useless);
    useless.close();
  }

  private RedisClient serverOf(Subscription subscription) {
    MasterSlaveEntry entry = servers.getWriteEntry(subscription.slot());
    return entry == null ? null : entry.getClient();
  }

  // Called under the lock.
  private void subscribe(Subscription subscription) {
    RedisClient server = serverOf(subscription);
    PushConnection target =
        server == null ? null : connections.computeIfAbsent(server, this::connectTo);
    subscription.moveTo(target, System.nanoTime());
    if (target != null) {
      target.opened().thenAccept(open -> request(subscription, target, open));
    }
  }

  private PushConnection connectTo(RedisClient server) {
    PushConnection target = PushConnection.to(server, System.nanoTime());
    target.opened().thenAccept(open -> noticeBreak(target));
    return target;
  }

  /** Takes the subscriptions for silent as soon as their connection breaks. */
  private void noticeBreak(PushConnection target) {
    target.noticeBreak(() -> onBroken(target));
  }

  private synchronized void onBroken(PushConnection broken) {
    broken.expectNothing();
    long nowNs = System.nanoTime();
    for (Subscription subscription : subscriptions) {
      if (subscription != null && subscription.isOn(broken)) {
        subscription.onBroken(nowNs);
      }
    }
  }

  private synchronized void request(
      Subscription subscription, PushConnection on, RedisPubSubConnection open) {
    boolean isWanted =
        subscriptions[subscription.partition()] == subscription && subscription.isOn(on);
    if (isWanted) {
      subscription.request(open, System.nanoTime());
    }
  }

  private synchronized Listener listenerOf(Subscription subscription) {
    return subscriptions[subscription.partition()] == subscription ? listener : null;
  }

  /**
   * Gives what a subscription brings to the engine, with a lock that keeps what an old connection
   * still brings from overlapping with the new one.
   */
  private final class Receiver implements Subscription.Receiver {
    @Override
    public void onSubscribed(Subscription subscription, boolean isFirst) {
      if (!isFirst) {
        deliver(subscription, target -> target.onResubscribed(subscription.partition()));
      }
    }

    @Override
    public void onMessage(Subscription subscription, byte[] message) {
      if (message.length > 0 && message[0] == SubscriptionWatch.PROBE) {
        return;
      }
      PushCodec.Numbered numbered;
      try {
        numbered = PushCodec.decode(message);
      } catch (IllegalArgumentException unknown) {
        // The engine will see the gap in the numbers and read what it missed.
        LOG.log(Level.WARNING, "ignored a push on partition " + subscription.partition(), unknown);
        return;
      }
      deliver(
          subscription,
          target -> {
            long sequence = numbered.firstSequence();
            for (Push push : numbered.pushes()) {
              target.onPush(subscription.partition(), sequence++, push);
            }
          });
    }

    private void deliver(Subscription subscription, Consumer<Listener> delivery) {
      Listener target = listenerOf(subscription);
      if (target == null) {
        return;
      }
      synchronized (subscription) {
        try {
          delivery.accept(target);
        } catch (RuntimeException failure) {
          LOG.log(
              Level.ERROR, "a listener failed on partition " + subscription.partition(), failure);
        }
      }
    }
  }
}
