package io.snapper.store.redis;

import io.netty.util.Timeout;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;
import org.redisson.connection.ServiceManager;

/**
 * Finds subscriptions that are not where they belong or are dead though nothing says so.
 *
 * <p>About once a second for each master a probe goes through one of its channels, each time
 * through another one: if nothing comes over a connection though a probe was sent into it, all its
 * subscriptions are made anew on another one. About every ten seconds the master is asked which of
 * the channels it knows; those that it has forgotten are subscribed again.
 *
 * <p>Works on Redisson's timer thread.
 */
final class SubscriptionWatch {
  /** What is sent as a probe; a push begins with a digit. */
  static final byte PROBE = 'P';

  private static final System.Logger LOG = System.getLogger(SubscriptionWatch.class.getName());

  /** Short, since after a failover the subscriptions move to the new master at the next turn. */
  private static final long INTERVAL_MS = 200;

  private static final int TURNS_BETWEEN_PROBES = 5;
  private static final int TURNS_BETWEEN_COUNTS = 50;

  private static final RedisCommand<Object> SUBSCRIBERS =
      ScriptRunner.erased(
          new RedisCommand<List<Object>>(
              "PUBSUB", "SHARDNUMSUB", new ObjectListReplayDecoder<Object>()));

  private final RedisPushChannel channel;
  private final ServiceManager timer;
  private final ScriptRunner scripts;
  private final long silenceLimitNs;

  private int turn;
  private volatile Timeout next;
  private volatile boolean isEnded;

  /**
   * Creates a watch that has not begun.
   *
   * @param silenceLimitMs for how long nothing may come after a probe; less than the time between
   *     two probes counts as twice that time
   */
  SubscriptionWatch(
      RedisPushChannel channel, ServiceManager timer, ScriptRunner scripts, long silenceLimitMs) {
    this.channel = channel;
    this.timer = timer;
    this.scripts = scripts;
    this.silenceLimitNs =
        TimeUnit.MILLISECONDS.toNanos(
            Math.max(silenceLimitMs, 2 * TURNS_BETWEEN_PROBES * INTERVAL_MS));
  }

  void begin() {
    next = timer.newTimeout(expired -> look(), INTERVAL_MS, TimeUnit.MILLISECONDS);
    if (isEnded) {
      next.cancel();
    }
  }

  void end() {
    isEnded = true;
    if (next != null) {
      next.cancel();
    }
  }

  private void look() {
    if (isEnded) {
      return;
    }
    try {
      turn++;
      channel.repair();
      if (turn % TURNS_BETWEEN_PROBES == 0) {
        channel.connections().forEach(this::look);
      }
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "looking after the subscriptions failed", fault);
    }
    begin();
  }

  private void look(PushConnection connection) {
    if (connection.isSilent(System.nanoTime(), silenceLimitNs)) {
      channel.rebuild(connection);
      return;
    }
    List<Subscription> live = channel.liveOn(connection);
    if (live.isEmpty()) {
      return;
    }
    probe(connection, live.get(turn / TURNS_BETWEEN_PROBES % live.size()));
    if (turn % TURNS_BETWEEN_COUNTS == 0) {
      findForgotten(connection, live);
    }
  }

  private void probe(PushConnection connection, Subscription subscription) {
    long sentNs = System.nanoTime();
    scripts
        .<Long>command(RedisCommands.SPUBLISH, subscription.channel(), new byte[] {PROBE})
        .thenAccept(
            receivers -> {
              if (receivers > 0) {
                connection.expectSomething(sentNs);
              } else {
                findForgotten(connection, channel.liveOn(connection));
              }
            });
  }

  private void findForgotten(PushConnection connection, List<Subscription> live) {
    if (live.isEmpty()) {
      return;
    }
    Object[] others = live.stream().skip(1).map(Subscription::channel).toArray();
    scripts
        .<List<Object>>command(SUBSCRIBERS, live.get(0).channel(), others)
        .thenAccept(
            channelsAndCounts -> {
              List<Subscription> forgotten = new ArrayList<>();
              for (int index = 0; index < live.size(); index++) {
                if (Replies.number(channelsAndCounts.get(2 * index + 1)) == 0) {
                  forgotten.add(live.get(index));
                }
              }
              channel.renew(forgotten, connection);
            });
  }
}
