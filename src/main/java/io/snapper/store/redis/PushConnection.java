package io.snapper.store.redis;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisPubSubConnection;

/**
 * The connection that carries the subscriptions on one master, and whether it brings what it
 * should. Thread safe.
 */
final class PushConnection {
  private final RedisClient server;
  private final CompletableFuture<RedisPubSubConnection> opened;

  private volatile boolean hasBeenHeard;

  // Guarded by this.
  private Channel noticed;

  /** Guarded by this; null while nothing is expected. */
  private Long expectedSinceNs;

  private PushConnection(RedisClient server, CompletableFuture<RedisPubSubConnection> opened) {
    this.server = server;
    this.opened = opened;
  }

  /** Begins to connect. */
  static PushConnection to(RedisClient server, long nowNs) {
    PushConnection connection =
        new PushConnection(server, server.connectPubSubAsync().toCompletableFuture());
    connection.expectSomething(nowNs);
    return connection;
  }

  RedisClient server() {
    return server;
  }

  CompletableFuture<RedisPubSubConnection> opened() {
    return opened;
  }

  boolean isUseless() {
    return server.isShutdown() || opened.isCompletedExceptionally();
  }

  /** Something came. */
  void onHeard() {
    if (!hasBeenHeard) {
      hasBeenHeard = true;
    }
  }

  /** Something was sent that makes the server send something over this connection. */
  synchronized void expectSomething(long nowNs) {
    if (expectedSinceNs == null) {
      expectedSinceNs = nowNs;
    }
  }

  /** The connection broke, or began anew: nothing that was expected will come. */
  synchronized void expectNothing() {
    expectedSinceNs = null;
  }

  /**
   * Returns whether nothing at all has come for longer than {@code limitNs} though something was to
   * come. What came counts once: asked about once a second.
   */
  synchronized boolean isSilent(long nowNs, long limitNs) {
    if (hasBeenHeard) {
      hasBeenHeard = false;
      expectedSinceNs = null;
    }
    return expectedSinceNs != null && nowNs - expectedSinceNs > limitNs;
  }

  /**
   * Has {@code onBroken} told of the break of the channel that is open now, on one of Netty's
   * threads. Redisson opens another channel after a break: to be called again now and then.
   */
  void noticeBreak(Runnable onBroken) {
    if (!opened.isDone() || opened.isCompletedExceptionally()) {
      return;
    }
    Channel current = opened.join().getChannel();
    synchronized (this) {
      if (current == noticed) {
        return;
      }
      noticed = current;
    }
    current.closeFuture().addListener(closed -> onBroken.run());
  }

  /** Ends the connection, now or as soon as it is open. */
  void close() {
    opened.thenAccept(RedisPubSubConnection::closeAsync);
  }
}
