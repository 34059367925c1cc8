package io.snapper.store.redis;

import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.StoreMonitor;
import io.snapper.core.store.UserDirectory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.client.protocol.RedisCommands;

/**
 * All ports of the engine on one Redis, behind one Redisson. Thread safe.
 *
 * <p>Closing it ends every thread and connection that it made.
 */
public final class RedisStore implements AutoCloseable {
  private static final int LISTENER_THREADS = 2;
  private static final int SHUTDOWN_TIMEOUT_SECONDS = 5;

  private final RedisStoreOptions options;
  private final ThreadFactory threads;
  private final ExecutorService listeners;
  private final ScriptRunner scripts = new ScriptRunner();
  private final RedisKeys keys;

  /** Null until Redis has been reached. */
  private volatile Redisson redisson;

  /**
   * Creates a store that is not connected: until {@link #connect} returns, every call of its ports
   * fails with {@code UNAVAILABLE}.
   *
   * @param threads makes the threads of connections and listeners
   */
  public RedisStore(RedisStoreOptions options, ThreadFactory threads) {
    this.options = options;
    this.threads = threads;
    this.keys = new RedisKeys(options.prefix(), options.partitions());
    this.listeners = Executors.newFixedThreadPool(LISTENER_THREADS, threads);
  }

  /** Returns a connected store; blocks as {@link #connect} does, and leaves nothing if it fails. */
  public static RedisStore open(RedisStoreOptions options, ThreadFactory threads) {
    RedisStore store = new RedisStore(options, threads);
    try {
      store.connect();
      return store;
    } catch (RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  /**
   * Connects to Redis and checks it. Blocks, as long as Redis is away; interrupt the thread to give
   * up.
   *
   * @throws IllegalStateException if Redis is too old, was set up otherwise, or refuses the client
   * @throws io.snapper.core.error.SnapperException with {@code UNAVAILABLE} if the thread is
   *     interrupted, or Redis goes away during the check
   */
  public void connect() {
    redisson = RedisConnector.connect(options, threads, listeners);
    ScriptRunner check = new ScriptRunner();
    check.connect(redisson);
    ServerCheck.check(check, keys);
    Blocking.get(check.loadAll());
    scripts.connect(redisson);
  }

  /** Returns a new view of the rooms' logs. */
  public RoomLog roomLog() {
    return new RedisRoomLog(scripts, keys, options.retention());
  }

  /** Returns a new view of the mailboxes. */
  public Mailboxes mailboxes() {
    return new RedisMailboxes(scripts, keys);
  }

  /** Returns a new view of who is connected. */
  public UserDirectory users() {
    return new RedisUserDirectory(scripts, keys);
  }

  /** Returns a new view of who is connected that also records who comes online and who goes. */
  public PresenceLog presence() {
    return new RedisPresenceLog(scripts, keys, options.retention().mailboxLife());
  }

  /** Returns a new registry; a node uses the same one as long as it runs. */
  public NodeRegistry nodes() {
    return new RedisNodeRegistry(scripts, keys, options.retention());
  }

  /** Returns a new channel; each node has its own, and closes it before the store. */
  public PushChannel channel() {
    return new RedisPushChannel(
        () -> redisson.getCommandExecutor().getConnectionManager(),
        scripts,
        keys,
        options.timeout().toMillis());
  }

  /** Returns the monitor; every master has to answer. */
  public StoreMonitor monitor() {
    return () -> scripts.commandOnAll(RedisCommands.PING).thenApply(answers -> null);
  }

  @Override
  public void close() {
    if (redisson != null) {
      redisson.shutdown(0, SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    listeners.shutdownNow();
  }
}
