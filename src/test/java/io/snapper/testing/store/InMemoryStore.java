package io.snapper.testing.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.StoreMonitor;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * One store in memory that any number of nodes share, with all ports. Thread safe.
 *
 * <p>Three things of it can be chosen: the clock; the executor on which calls reach the store; and
 * the executor on which answers and pushes come back. By default both run at once on the calling
 * thread. Whatever order the executors choose, the pushes of one partition to one node keep theirs.
 */
public final class InMemoryStore {
  private final StoreKernel kernel;
  private final InMemoryRoomLog roomLog;
  private final InMemoryMailboxes mailboxes;
  private final InMemoryUserDirectory users;
  private final InMemoryPresenceLog presence;
  private final InMemoryNodeRegistry nodes;

  /**
   * What the store keeps, and how long.
   *
   * @param partitions P
   * @param maxMessages how many messages a room's log retains at least
   * @param burstTime younger messages are retained beyond that
   * @param burstMessages but never more than these, or than {@code maxMessages} if that is more
   * @param logLife how long after its last message
   * @param mailboxLife how long a mailbox lives that a removed node still owned
   * @param roomLife how long a room's epoch lives without a watching node
   * @param idempotencyLife how long an idempotency key is known
   */
  public record Settings(
      int partitions,
      int maxMessages,
      Duration burstTime,
      int burstMessages,
      Duration logLife,
      Duration mailboxLife,
      Duration roomLife,
      Duration idempotencyLife) {
    /** Makes no allowance for bursts. */
    public Settings(
        int partitions,
        int maxMessages,
        Duration logLife,
        Duration mailboxLife,
        Duration roomLife,
        Duration idempotencyLife) {
      this(
          partitions,
          maxMessages,
          Duration.ZERO,
          maxMessages,
          logLife,
          mailboxLife,
          roomLife,
          idempotencyLife);
    }

    /** Returns 16 partitions, no allowance for bursts, otherwise what a node has by default. */
    public static Settings defaults() {
      return new Settings(
          16,
          1024,
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(25),
          Duration.ofMinutes(10));
    }

    /** Returns the same with another length of the logs. */
    public Settings withMaxMessages(int count) {
      return new Settings(partitions, count, logLife, mailboxLife, roomLife, idempotencyLife);
    }
  }

  /** Creates a store with the system's clock that answers at once. */
  public InMemoryStore() {
    this(System::currentTimeMillis);
  }

  /** Creates a store that answers at once. */
  public InMemoryStore(LongSupplier clockMs) {
    this(clockMs, Runnable::run, Runnable::run, Settings.defaults());
  }

  /**
   * Creates a store.
   *
   * @param clockMs ms since 1970
   * @param requests where calls are applied
   * @param answers where futures complete and pushes arrive
   */
  public InMemoryStore(
      LongSupplier clockMs, Executor requests, Executor answers, Settings settings) {
    this(clockMs, requests, answers, node -> answers, StoreWitness.NONE, settings);
  }

  /**
   * Creates a store.
   *
   * @param clockMs ms since 1970
   * @param requests where calls are applied
   * @param answers where futures complete
   * @param pushes where pushes to a node arrive
   * @param witness sees what the store does
   */
  public InMemoryStore(
      LongSupplier clockMs,
      Executor requests,
      Executor answers,
      Function<NodeId, Executor> pushes,
      StoreWitness witness,
      Settings settings) {
    kernel = new StoreKernel(clockMs, requests, answers, pushes, witness, settings.partitions());
    roomLog = new InMemoryRoomLog(kernel, settings);
    mailboxes = new InMemoryMailboxes(kernel);
    users = new InMemoryUserDirectory(kernel);
    presence = new InMemoryPresenceLog(kernel, users, settings.mailboxLife());
    nodes =
        new InMemoryNodeRegistry(
            kernel,
            node -> {
              roomLog.forget(node);
              mailboxes.forget(node, settings.mailboxLife());
              kernel.forgetSequences(node);
            });
  }

  /** Chooses the names' partitions, as another store does; before the first call. */
  public void placeBy(ToIntFunction<String> places) {
    kernel.placeBy(places);
  }

  public RoomLog roomLog() {
    return roomLog;
  }

  public Mailboxes mailboxes() {
    return mailboxes;
  }

  public UserDirectory users() {
    return users;
  }

  /** Returns the same with a record of who comes online and who goes. */
  public PresenceLog presence() {
    return presence;
  }

  public NodeRegistry nodes() {
    return nodes;
  }

  /** Returns a new channel; each node has its own. */
  public PushChannel channel() {
    return new InMemoryPushChannel(kernel);
  }

  public StoreMonitor monitor() {
    return () -> kernel.call("StoreMonitor.ping", () -> null);
  }

  /** Returns what can be made to go wrong. */
  public StoreFaults faults() {
    return kernel.faults();
  }

  /** Cuts a node's subscriptions: pushes to it are lost, and the store knows that. */
  public void disconnect(NodeId node) {
    kernel.setConnected(node, false);
  }

  /** Gives a node its subscriptions back; it is told so for each partition. */
  public void reconnect(NodeId node) {
    kernel.setConnected(node, true);
  }

  /** Takes the last {@code count} messages off a room, as an asynchronous failover does. */
  public void rewind(RoomName room, int count) {
    kernel.locked(
        () -> {
          roomLog.rewind(room, count);
          return null;
        });
  }

  /** Forgets everything but the subscriptions, as a Redis without persistence that restarts. */
  public void wipe() {
    kernel.locked(
        () -> {
          roomLog.wipe();
          mailboxes.wipe();
          users.wipe();
          presence.wipe();
          nodes.wipe();
          kernel.forgetSequences();
          return null;
        });
  }
}
