package io.snapper.store.redis;

import io.snapper.core.error.SnapperException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.redisson.Redisson;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisWrongPasswordException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SubscriptionMode;

/** Opens Redisson as this store needs it, and waits until Redis is there. */
final class RedisConnector {
  private static final System.Logger LOG = System.getLogger(RedisConnector.class.getName());

  private static final Duration PAUSE_BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final Duration RECONNECTION_DELAY = Duration.ofMillis(200);

  /**
   * After so long a command that could not be written fails, and a subscription is tried again.
   *
   * <p>Redisson derives from it how often its timer wakes up: every 100 ms for multiples of 100 ms
   * from 200 ms on. By default the delay is a random number of milliseconds, so that the timer
   * wakes up every 10 to 49 ms, which costs up to a tenth of an idle node's CPU.
   */
  private static final Duration RETRY_DELAY = Duration.ofMillis(700);

  private static final int PING_INTERVAL_MS = 5000;
  private static final int SCAN_INTERVAL_MS = 500;
  private static final int NETTY_THREADS = 2;

  private RedisConnector() {}

  /**
   * Connects; waits as long as Redis is away.
   *
   * @throws IllegalStateException if Redis is there and refuses this client
   * @throws SnapperException with {@code UNAVAILABLE} if the thread is interrupted while it waits
   */
  static Redisson connect(
      RedisStoreOptions options, ThreadFactory threads, ExecutorService listeners) {
    boolean isReported = false;
    while (true) {
      try {
        return (Redisson) Redisson.create(configuration(options, threads, listeners));
      } catch (RuntimeException failure) {
        if (isRefusal(failure)) {
          throw new IllegalStateException(
              "Redis at "
                  + options.shownAddresses()
                  + " refuses the user name or the password that are set",
              failure);
        }
        if (!isReported) {
          LOG.log(Level.WARNING, "waiting for Redis at {0}", options.shownAddresses());
          LOG.log(Level.DEBUG, "why Redis can't be reached", failure);
          isReported = true;
        }
      }
      pause();
    }
  }

  private static boolean isRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisWrongPasswordException
          || cause instanceof RedisAuthRequiredException) {
        return true;
      }
    }
    return false;
  }

  /** Waits a second between two attempts. */
  static void pause() {
    try {
      Thread.sleep(PAUSE_BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw SnapperException.unavailable("stopped while waiting for Redis", interruption);
    }
  }

  private static Config configuration(
      RedisStoreOptions options, ThreadFactory threads, ExecutorService listeners) {
    Executor eventLoops = task -> threads.newThread(task).start();
    Config config = new Config();
    config
        .setCodec(ByteArrayCodec.INSTANCE)
        .setExecutor(listeners)
        .setNettyThreads(NETTY_THREADS)
        .setNettyExecutor(eventLoops)
        .setNettyHook(new BrokenConnections())
        .setKeepPubSubOrder(true)
        .setUseThreadClassLoader(false);
    config.setReferenceEnabled(false);
    options.username().ifPresent(config::setUsername);
    options.password().ifPresent(config::setPassword);
    switch (options.layout()) {
      case SINGLE -> single(options, config.useSingleServer());
      case CLUSTER -> cluster(options, config.useClusterServers());
      case SENTINEL -> sentinels(options, config.useSentinelServers());
    }
    return config;
  }

  private static void single(RedisStoreOptions options, SingleServerConfig server) {
    common(options, server);
    server.setAddress(options.addresses().get(0).toString());
    server.setConnectionPoolSize(options.connections());
    server.setConnectionMinimumIdleSize(options.connections());
    server.setSubscriptionConnectionMinimumIdleSize(0);
  }

  private static void cluster(RedisStoreOptions options, ClusterServersConfig servers) {
    common(options, servers);
    masters(options, servers);
    servers.setNodeAddresses(addresses(options));
    servers.setScanInterval(SCAN_INTERVAL_MS);
  }

  private static void sentinels(RedisStoreOptions options, SentinelServersConfig servers) {
    common(options, servers);
    masters(options, servers);
    servers.setSentinelAddresses(addresses(options));
    // One sentinel that answers is enough to start with; the others are found through it.
    servers.setCheckSentinelsList(false);
    servers.setMasterName(options.sentinelMaster().orElseThrow());
    servers.setScanInterval(SCAN_INTERVAL_MS);
  }

  /** Everything goes to masters: a replica may lag, and SPUBLISH counts the master's receivers. */
  private static void masters(RedisStoreOptions options, BaseMasterSlaveServersConfig<?> servers) {
    servers.setReadMode(ReadMode.MASTER);
    servers.setSubscriptionMode(SubscriptionMode.MASTER);
    servers.setMasterConnectionPoolSize(options.connections());
    servers.setMasterConnectionMinimumIdleSize(options.connections());
    servers.setSubscriptionConnectionMinimumIdleSize(0);
  }

  private static void common(RedisStoreOptions options, BaseConfig<?> servers) {
    int timeoutMs = Math.toIntExact(options.timeout().toMillis());
    servers.setTimeout(timeoutMs);
    servers.setConnectTimeout(timeoutMs);
    // A command whose answer does not come is not sent again: its caller decides.
    servers.setRetryAttempts(0);
    servers.setRetryDelay(new ConstantDelay(RETRY_DELAY));
    servers.setReconnectionDelay(new ConstantDelay(RECONNECTION_DELAY));
    servers.setPingConnectionInterval(PING_INTERVAL_MS);
  }

  private static List<String> addresses(RedisStoreOptions options) {
    return options.addresses().stream().map(Object::toString).toList();
  }
}
