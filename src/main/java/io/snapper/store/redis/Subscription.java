package io.snapper.store.redis;

import java.util.concurrent.CompletableFuture;
import org.redisson.client.ChannelName;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.client.RedisPubSubListener;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.pubsub.PubSubType;

/**
 * The subscription of one partition, wherever it is at the time.
 *
 * <p>Guarded by the channel that it belongs to, but for what is marked otherwise.
 */
final class Subscription {
  /** What a subscription brings, on Redisson's threads and without the channel's lock. */
  interface Receiver {
    /** The server has confirmed it; {@code isFirst}: for the first time. */
    void onSubscribed(Subscription subscription, boolean isFirst);

    void onMessage(Subscription subscription, byte[] message);
  }

  private final int partition;
  private final int slot;
  private final ChannelName channel;
  private final Receiver receiver;
  private final CompletableFuture<Void> confirmed = new CompletableFuture<>();
  private PushConnection connection;
  private Listening listening;
  private long requestedAtNs;

  /** Read and written by any thread. */
  private volatile boolean isLive;

  /**
   * Creates one that is nowhere.
   *
   * @param slot the hash slot of the channel, as the connection manager counts
   */
  Subscription(int partition, int slot, String channel, Receiver receiver) {
    this.partition = partition;
    this.slot = slot;
    this.channel = new ChannelName(channel);
    this.receiver = receiver;
  }

  int partition() {
    return partition;
  }

  int slot() {
    return slot;
  }

  String channel() {
    return channel.toString();
  }

  /** Completes when the server has confirmed it for the first time. */
  CompletableFuture<Void> confirmed() {
    return confirmed;
  }

  /** Returns whether the server has confirmed it and nothing speaks against it since. */
  boolean isLive() {
    return isLive;
  }

  boolean isOn(PushConnection other) {
    return connection == other;
  }

  PushConnection connection() {
    return connection;
  }

  boolean isOverdue(long nowNs, long limitNs) {
    return !isLive && nowNs - requestedAtNs > limitNs;
  }

  /** Leaves the connection that it is on, and is to be subscribed on this one; null: on none. */
  void moveTo(PushConnection target, long nowNs) {
    leave();
    connection = target;
    requestedAtNs = nowNs;
  }

  /** Asks the server, over the connection that it is on and that is open now. */
  void request(RedisPubSubConnection open, long nowNs) {
    listening = new Listening(connection, open);
    open.addListener(channel, listening);
    connection.expectSomething(nowNs);
    open.ssubscribe(ByteArrayCodec.INSTANCE, channel);
  }

  /** The connection broke: it will be subscribed again when that is back. */
  void onBroken(long nowNs) {
    isLive = false;
    requestedAtNs = nowNs;
  }

  private void leave() {
    isLive = false;
    if (listening != null) {
      listening.end();
      listening = null;
    }
  }

  /** Takes what one connection brings; its methods are called one at a time. */
  private final class Listening implements RedisPubSubListener<Object> {
    private final PushConnection from;
    private final RedisPubSubConnection open;
    private volatile boolean isCurrent = true;

    private Listening(PushConnection from, RedisPubSubConnection open) {
      this.from = from;
      this.open = open;
    }

    private void end() {
      isCurrent = false;
      open.removeListener(channel, this);
      open.unsubscribe(PubSubType.SUNSUBSCRIBE, channel);
    }

    @Override
    public void onStatus(PubSubType type, CharSequence name) {
      if (!isCurrent) {
        return;
      }
      if (type == PubSubType.SUNSUBSCRIBE) {
        isLive = false;
      } else if (type == PubSubType.SSUBSCRIBE) {
        from.onHeard();
        isLive = true;
        receiver.onSubscribed(Subscription.this, confirmed.complete(null));
      }
    }

    @Override
    public void onMessage(CharSequence name, Object message) {
      if (isCurrent) {
        from.onHeard();
        receiver.onMessage(Subscription.this, (byte[]) message);
      }
    }

    @Override
    public void onPatternMessage(CharSequence pattern, CharSequence name, Object message) {
      // There are no patterns.
    }
  }
}
