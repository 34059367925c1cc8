package io.snapper.store.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which Redis, and what is kept in it how long.
 *
 * @param layout how the servers are laid out
 * @param addresses {@code redis://host:port} or {@code rediss://host:port} (TLS); of the server, of
 *     some of the cluster's nodes, or of the sentinels
 * @param sentinelMaster the master's name that the sentinels know; needed with {@code SENTINEL}
 * @param username of Redis, if it asks for one
 * @param password of Redis, if it asks for one
 * @param prefix what every key and channel begins with
 * @param partitions P, a power of two; fixed at the first start on this Redis
 * @param timeout how long an answer is awaited
 * @param connections to each master
 * @param retention what is kept how long
 */
public record RedisStoreOptions(
    Layout layout,
    List<URI> addresses,
    Optional<String> sentinelMaster,
    Optional<String> username,
    Optional<String> password,
    String prefix,
    int partitions,
    Duration timeout,
    int connections,
    Retention retention) {
  /** The number of partitions unless something else is set. */
  public static final int DEFAULT_PARTITIONS = 256;

  public RedisStoreOptions {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address of Redis is given");
    }
    if (layout == Layout.SENTINEL && sentinelMaster.isEmpty()) {
      throw new IllegalArgumentException("the sentinels need the name of the master");
    }
  }

  /** How Redis is laid out. */
  public enum Layout {
    /** One server. */
    SINGLE,
    /** A Redis Cluster. */
    CLUSTER,
    /** A master and replicas that sentinels watch. */
    SENTINEL
  }

  /**
   * What is kept how long.
   *
   * @param maxMessages how many messages a room's log retains at least; about a hundred more may be
   *     there
   * @param burstTime messages that are younger than this are retained beyond that
   * @param burstMessages but never more than so many, about
   * @param logLife how long a room's log is kept after its last message
   * @param mailboxLife the longest life of a mailbox that nobody owns
   * @param idempotencyLife how long an idempotency key is known
   * @param producerLife how long the last number of a producer is known
   */
  public record Retention(
      int maxMessages,
      Duration burstTime,
      int burstMessages,
      Duration logLife,
      Duration mailboxLife,
      Duration idempotencyLife,
      Duration producerLife) {
    private static final Duration ROOM_LIFE_MARGIN = Duration.ofHours(1);

    /**
     * Returns 1024 messages, or those of a minute up to 65,536; a day, a day, and ten minutes for
     * what names publications.
     */
    public static Retention defaults() {
      return new Retention(
          1024,
          Duration.ofMinutes(1),
          65_536,
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10));
    }

    /**
     * Returns how long a room's epoch lives without watching nodes: longer than any cursor and any
     * message that refers to it.
     */
    Duration roomLife() {
      Duration longest = mailboxLife.compareTo(logLife) > 0 ? mailboxLife : logLife;
      return longest.plus(ROOM_LIFE_MARGIN);
    }
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Returns options for one server with everything else as it is by default. */
  public static RedisStoreOptions single(URI address) {
    return of(Layout.SINGLE, List.of(address));
  }

  /** Returns options for a cluster with everything else as it is by default. */
  public static RedisStoreOptions cluster(List<URI> addresses) {
    return of(Layout.CLUSTER, addresses);
  }

  private static RedisStoreOptions of(Layout layout, List<URI> addresses) {
    return new RedisStoreOptions(
        layout,
        addresses,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "snp",
        DEFAULT_PARTITIONS,
        Duration.ofSeconds(3),
        4,
        Retention.defaults());
  }

  /** Returns the same with another retention. */
  public RedisStoreOptions withRetention(Retention other) {
    return new RedisStoreOptions(
        layout,
        addresses,
        sentinelMaster,
        username,
        password,
        prefix,
        partitions,
        timeout,
        connections,
        other);
  }

  /** Returns the same with another number of partitions. */
  public RedisStoreOptions withPartitions(int count) {
    return new RedisStoreOptions(
        layout,
        addresses,
        sentinelMaster,
        username,
        password,
        prefix,
        count,
        timeout,
        connections,
        retention);
  }

  /** Returns the same with another password. */
  public RedisStoreOptions withPassword(String secret) {
    return new RedisStoreOptions(
        layout,
        addresses,
        sentinelMaster,
        username,
        Optional.of(secret),
        prefix,
        partitions,
        timeout,
        connections,
        retention);
  }

  /** Returns the same with another prefix. */
  public RedisStoreOptions withPrefix(String other) {
    return new RedisStoreOptions(
        layout,
        addresses,
        sentinelMaster,
        username,
        password,
        other,
        partitions,
        timeout,
        connections,
        retention);
  }

  /** Returns the same with another timeout. */
  public RedisStoreOptions withTimeout(Duration other) {
    return new RedisStoreOptions(
        layout,
        addresses,
        sentinelMaster,
        username,
        password,
        prefix,
        partitions,
        other,
        connections,
        retention);
  }

  /** Returns the addresses without what they may hold of names and passwords. */
  String shownAddresses() {
    StringBuilder shown = new StringBuilder();
    for (URI address : addresses) {
      shown.append(shown.isEmpty() ? "" : ", ").append(address.getScheme()).append("://");
      shown.append(address.getHost()).append(':').append(address.getPort());
    }
    return shown.toString();
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "RedisStoreOptions["
        + layout
        + " at "
        + shownAddresses()
        + ", prefix "
        + prefix
        + ", "
        + partitions
        + " partitions]";
  }
}
