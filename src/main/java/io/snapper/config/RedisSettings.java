package io.snapper.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which Redis, and how it is used.
 *
 * @param addresses {@code redis://host:port} or {@code rediss://host:port}, port always there;
 *     empty: the embedded one
 * @param mode as given, see {@link #resolvedMode}
 * @param sentinelMaster the master's name that the sentinels know
 * @param prefix what every key begins with
 * @param partitions into how many groups the keys are divided, a power of two
 * @param timeout how long an answer is awaited
 * @param connections to each master
 */
public record RedisSettings(
    List<URI> addresses,
    RedisMode mode,
    Optional<String> sentinelMaster,
    Optional<String> username,
    Optional<Secret> password,
    String prefix,
    int partitions,
    Duration timeout,
    int connections) {
  /** The address that stands for a Redis of our own, started as a child process. */
  public static final String EMBEDDED = "embedded";

  static final int DEFAULT_PORT = 6379;

  public RedisSettings {
    addresses = List.copyOf(addresses);
  }

  /** Returns whether this node starts its own Redis. */
  public boolean isEmbedded() {
    return addresses.isEmpty();
  }

  /** Returns the mode that holds, never {@code AUTO}. */
  public RedisMode resolvedMode() {
    if (mode != RedisMode.AUTO) {
      return mode;
    }
    if (sentinelMaster.isPresent()) {
      return RedisMode.SENTINEL;
    }
    return addresses.size() > 1 ? RedisMode.CLUSTER : RedisMode.SINGLE;
  }

  static RedisSettings read(SettingsReader reader) {
    RedisSettings redis =
        new RedisSettings(
            reader.read(Settings.REDIS_ADDRESS),
            reader.read(Settings.REDIS_MODE),
            reader.read(Settings.REDIS_SENTINEL_MASTER),
            reader.read(Settings.REDIS_USERNAME),
            reader.read(Settings.REDIS_PASSWORD),
            reader.read(Settings.REDIS_PREFIX),
            reader.read(Settings.REDIS_PARTITIONS),
            reader.read(Settings.REDIS_TIMEOUT),
            reader.read(Settings.REDIS_CONNECTIONS));
    reader.check(
        redis.resolvedMode() != RedisMode.SENTINEL || redis.sentinelMaster().isPresent(),
        "the mode sentinel needs the name of the master",
        Settings.REDIS_MODE,
        Settings.REDIS_SENTINEL_MASTER);
    reader.check(
        redis.sentinelMaster().isEmpty() || redis.resolvedMode() == RedisMode.SENTINEL,
        "only the mode sentinel has the name of a master",
        Settings.REDIS_SENTINEL_MASTER,
        Settings.REDIS_MODE);
    reader.check(
        !redis.isEmbedded() || redis.resolvedMode() == RedisMode.SINGLE,
        "the embedded Redis is a single one",
        Settings.REDIS_ADDRESS,
        Settings.REDIS_MODE);
    reader.check(
        redis.resolvedMode() != RedisMode.SINGLE || redis.addresses().size() <= 1,
        "the mode single has one address",
        Settings.REDIS_ADDRESS,
        Settings.REDIS_MODE);
    reader.check(
        redis.addresses().stream().map(URI::getScheme).distinct().count() <= 1,
        "redis:// and rediss:// can't be mixed",
        Settings.REDIS_ADDRESS);
    reader.check(
        redis.username().isEmpty() || redis.password().isPresent(),
        "a user name needs a password",
        Settings.REDIS_USERNAME,
        Settings.REDIS_PASSWORD);
    return redis;
  }
}
