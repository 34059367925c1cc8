package io.snapper.store.redis;

import io.netty.util.Timeout;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PushChannel;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.redisson.client.ChannelName;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.client.RedisPubSubListener;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.pubsub.PubSubType;
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
 * <p>A connection that breaks is opened again by Redisson. A partition whose master has changed, or
 * whose subscription was not confirmed, is found by {@link #sequences}, which is called every
 * second, and moved.
 */
final class RedisPushChannel implements PushChannel {
  private static final System.Logger LOG = System.getLogger(RedisPushChannel.class.getName());

  private final ScriptRunner scripts;
  private final RedisKeys keys;
  private final Supplier<ConnectionManager> connection;
  private final long timeoutMs;
  private final Subscription[] subscriptions;
  private final List<String> sequenceKeys;

  // Guarded by this.
  private final Map<RedisClient, CompletableFuture<RedisPubSubConnection>> connections =
      new HashMap<>();
  private ConnectionManager servers;
  private NodeId node;
  private Listener listener;
  private boolean closed;

  /**
   * Creates a channel that is not open.
   *
   * @param connection the servers, asked for when the channel is opened
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
        subscriptions[partition] = new Subscription(partition, keys.channel(partition, node));
        confirmations.add(subscriptions[partition].confirmed);
        subscribe(subscriptions[partition]);
      }
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
            reset();
            throw SnapperException.unavailable("Redis does not confirm subscriptions", failure);
          }
          return done;
        });
  }

  @Override
  public CompletionStage<long[]> sequences(NodeId node) {
    repair();
    return scripts
        .getFields(sequenceKeys, node.value())
        .thenApply(
            values ->
                values.stream()
                    .mapToLong(value -> value == null ? 0 : Replies.number(value))
                    .toArray());
  }

  @Override
  public synchronized void close() {
    closed = true;
    reset();
  }

  private synchronized void reset() {
    node = null;
    listener = null;
    for (int partition = 0; partition < subscriptions.length; partition++) {
      subscriptions[partition] = null;
    }
    connections.values().forEach(RedisPushChannel::closeQuietly);
    connections.clear();
  }

  private static void closeQuietly(CompletableFuture<RedisPubSubConnection> connection) {
    connection.thenAccept(RedisPubSubConnection::closeAsync);
  }

  /** Moves the subscriptions whose server has changed or that have not been confirmed in time. */
  private synchronized void repair() {
    if (node == null || closed) {
      return;
    }
    connections
        .entrySet()
        .removeIf(
            entry -> {
              boolean isUseless =
                  entry.getKey().isShutdown() || entry.getValue().isCompletedExceptionally();
              if (isUseless) {
                closeQuietly(entry.getValue());
              }
              return isUseless;
            });
    long nowNs = System.nanoTime();
    for (Subscription subscription : subscriptions) {
      RedisClient server = serverOf(subscription.partition);
      boolean isElsewhere = server != null && server != subscription.server;
      boolean isOverdue =
          !subscription.isLive
              && nowNs - subscription.requestedAtNs > TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      if (isElsewhere || isOverdue || !connections.containsKey(subscription.server)) {
        subscription.unsubscribe();
        subscribe(subscription);
      }
    }
  }

  private RedisClient serverOf(int partition) {
    int slot = servers.calcSlot(keys.sequences(partition));
    MasterSlaveEntry entry = servers.getWriteEntry(slot);
    return entry == null ? null : entry.getClient();
  }

  // Called under the lock.
  private void subscribe(Subscription subscription) {
    subscription.requestedAtNs = System.nanoTime();
    subscription.isLive = false;
    subscription.server = serverOf(subscription.partition);
    if (subscription.server == null) {
      return;
    }
    connections
        .computeIfAbsent(
            subscription.server, server -> server.connectPubSubAsync().toCompletableFuture())
        .thenAccept(connection -> subscribe(subscription, connection));
  }

  private synchronized void subscribe(Subscription subscription, RedisPubSubConnection connection) {
    boolean isWanted =
        subscriptions[subscription.partition] == subscription
            && subscription.server == connection.getRedisClient();
    if (isWanted) {
      subscription.subscribe(connection);
    }
  }

  private synchronized Listener listenerOf(Subscription subscription) {
    return subscriptions[subscription.partition] == subscription ? listener : null;
  }

  /** The subscription of one partition, wherever it is at the time. */
  private final class Subscription {
    private final int partition;
    private final ChannelName channel;
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

    // Guarded by the channel, but for isLive.
    private RedisClient server;
    private RedisPubSubConnection connection;
    private Receiver receiver;
    private long requestedAtNs;
    private volatile boolean isLive;

    private Subscription(int partition, String channel) {
      this.partition = partition;
      this.channel = new ChannelName(channel);
    }

    private void subscribe(RedisPubSubConnection on) {
      connection = on;
      receiver = new Receiver(this);
      connection.addListener(channel, receiver);
      connection.ssubscribe(ByteArrayCodec.INSTANCE, channel);
    }

    private void unsubscribe() {
      if (connection != null) {
        receiver.isCurrent = false;
        connection.removeListener(channel, receiver);
        connection.unsubscribe(PubSubType.SUNSUBSCRIBE, channel);
        connection = null;
      }
    }
  }

  /**
   * Takes what one connection brings of one partition. Its methods are called one at a time, on
   * Redisson's threads; the subscription's lock keeps them from overlapping with those of the
   * connection before.
   */
  private final class Receiver implements RedisPubSubListener<Object> {
    private final Subscription subscription;
    private volatile boolean isCurrent = true;

    private Receiver(Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onStatus(PubSubType type, CharSequence channel) {
      if (!isCurrent) {
        return;
      }
      if (type == PubSubType.SUNSUBSCRIBE) {
        subscription.isLive = false;
      } else if (type == PubSubType.SSUBSCRIBE) {
        subscription.isLive = true;
        if (!subscription.confirmed.complete(null)) {
          deliver(target -> target.onResubscribed(subscription.partition));
        }
      }
    }

    @Override
    public void onMessage(CharSequence channel, Object message) {
      if (!isCurrent) {
        return;
      }
      PushCodec.Numbered push;
      try {
        push = PushCodec.decode((byte[]) message);
      } catch (IllegalArgumentException unknown) {
        // The engine will see the gap in the numbers and read what it missed.
        LOG.log(Level.WARNING, "ignored a push on partition " + subscription.partition, unknown);
        return;
      }
      deliver(target -> target.onPush(subscription.partition, push.sequence(), push.push()));
    }

    @Override
    public void onPatternMessage(CharSequence pattern, CharSequence channel, Object message) {
      // There are no patterns.
    }

    private void deliver(Consumer<Listener> delivery) {
      Listener target = listenerOf(subscription);
      if (target == null) {
        return;
      }
      synchronized (subscription) {
        try {
          delivery.accept(target);
        } catch (RuntimeException failure) {
          LOG.log(Level.ERROR, "a listener failed on partition " + subscription.partition, failure);
        }
      }
    }
  }
}
