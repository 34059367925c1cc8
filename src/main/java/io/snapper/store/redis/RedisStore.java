package io.snapper.store.redis;

import io.snapper.core.OwnThreads;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.StoreMonitor;
import io.snapper.core.store.UserDirectory;
import java.lang.System.Logger.Level;
import java.time.Duration;
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
  private static final System.Logger LOG = System.getLogger(RedisStore.class.getName());
  private static final int LISTENER_THREADS = 2;
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

  private final RedisStoreOptions options;
  private final OwnThreads threads;
  private final ExecutorService listeners;
  private final ExecutorService writer;
  private final ScriptRunner scripts = new ScriptRunner();
  private final CallGatherer gatherer;
  private final RedisKeys keys;

  /** Null until Redis has been reached. */
  private volatile Redisson redisson;

  private volatile boolean isClosed;

  /**
   * Creates a store that is not connected: until {@link #connect} returns, every call of its ports
   * fails with {@code UNAVAILABLE}.
   *
   * @param threads makes the threads of connections and listeners
   */
  public RedisStore(RedisStoreOptions options, ThreadFactory threads) {
    this.options = options;
    this.threads = new OwnThreads(threads);
    this.keys = new RedisKeys(options.prefix(), options.partitions());
    this.listeners = Executors.newFixedThreadPool(LISTENER_THREADS, this.threads);
    this.writer = Executors.newSingleThreadExecutor(this.threads);
    this.gatherer = new CallGatherer(scripts, writer);
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
   * up. If it fails nothing is left, and it may be called again.
   *
   * @throws IllegalStateException if Redis is too old, was set up otherwise, or refuses the client
   * @throws SnapperException with {@code UNAVAILABLE} if the thread is interrupted, else if Redis
   *     refuses what is needed
   */
  public void connect() {
    while (redisson == null) {
      Redisson candidate = RedisConnector.connect(options, threads, listeners);
      try {
        check(candidate);
        redisson = candidate;
        if (isClosed) {
          throw SnapperException.unavailable("the store was closed meanwhile", null);
        }
      } catch (SnapperException failure) {
        shutDown(candidate);
        if (isClosed || failure.code() != ErrorCode.UNAVAILABLE) {
          throw failure;
        }
        LOG.log(
            Level.WARNING,
            "Redis at {0} went away while it was checked: {1}",
            options.shownAddresses(),
            failure.getCause());
        RedisConnector.pause();
      } catch (RuntimeException refusal) {
        shutDown(candidate);
        throw refusal;
      }
    }
  }

  private void check(Redisson candidate) {
    ScriptRunner check = new ScriptRunner();
    check.connect(candidate);
    ServerCheck.check(check, keys);
    Blocking.get(check.loadAll());
    scripts.connect(candidate);
  }

  private static void shutDown(Redisson connected) {
    connected.shutdown(0, SHUTDOWN_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns a new view of the rooms' logs. */
  public RoomLog roomLog() {
    return new RedisRoomLog(scripts, gatherer, keys, options.retention());
  }

  /** Returns a new view of the mailboxes. */
  public Mailboxes mailboxes() {
    return new RedisMailboxes(scripts, gatherer, keys);
  }

  /** Returns a new view of who is connected. */
  public UserDirectory users() {
    return new RedisUserDirectory(
        scripts, gatherer, keys, options.retention().mailboxLife(), false);
  }

  /** Returns a new view of who is connected that also records who comes online and who goes. */
  public PresenceLog presence() {
    return new RedisPresenceLog(scripts, gatherer, keys, options.retention().mailboxLife());
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
    isClosed = true;
    if (redisson != null) {
      shutDown(redisson);
    }
    writer.shutdown();
    listeners.shutdownNow();
    try {
      if (!threads.awaitEnd(SHUTDOWN_TIMEOUT)) {
        LOG.log(Level.WARNING, "a thread of the connection to Redis has not ended");
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }
}
