package io.snapper.store.redis;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.redisson.client.protocol.RedisCommands;

/** Checks, before anything is stored, that Redis can do what is needed and was set up for it. */
final class ServerCheck {
  private static final System.Logger LOG = System.getLogger(ServerCheck.class.getName());
  private static final String NO_EVICTION = "noeviction";
  private static final int[] LOWEST_REDIS = {7, 0};
  private static final int[] LOWEST_VALKEY = {7, 2};

  private ServerCheck() {}

  /**
   * Checks versions and the number of partitions, and warns of an eviction policy; blocks.
   *
   * @throws IllegalStateException naming what is found and what is needed
   */
  static void check(ScriptRunner scripts, RedisKeys keys) {
    for (Map<String, String> server :
        Blocking.get(scripts.commandOnAll(RedisCommands.INFO_SERVER))) {
      checkVersion(server);
    }
    for (Map<String, String> memory :
        Blocking.get(scripts.commandOnAll(RedisCommands.INFO_MEMORY))) {
      evictionWarning(memory).ifPresent(warning -> LOG.log(Level.WARNING, warning));
    }
    long partitions =
        Replies.number(
            Blocking.get(
                scripts.run(LuaScript.FORMAT_CHECK, List.of(keys.format()), keys.partitions())));
    if (partitions != keys.partitions()) {
      throw new IllegalStateException(
          "this Redis was set up for "
              + partitions
              + " partitions, and "
              + keys.partitions()
              + " are set now; the number can't be changed while "
              + keys.format()
              + " exists");
    }
  }

  /**
   * Returns what to warn of if the server may throw away what is stored.
   *
   * @param memory the section "memory" of INFO
   */
  static Optional<String> evictionWarning(Map<String, String> memory) {
    String policy = memory.getOrDefault("maxmemory_policy", NO_EVICTION).trim();
    return policy.equals(NO_EVICTION)
        ? Optional.empty()
        : Optional.of(
            "Redis has the maxmemory-policy "
                + policy
                + ": when its memory is full it throws away messages, mailboxes and what nodes need"
                + " to know of each other; set noeviction");
  }

  /**
   * Checks what a server says of itself.
   *
   * @param server the section "server" of INFO
   */
  static void checkVersion(Map<String, String> server) {
    String valkey = server.get("valkey_version");
    if (valkey != null) {
      requireAtLeast("Valkey", valkey.trim(), LOWEST_VALKEY);
    } else {
      requireAtLeast("Redis", server.getOrDefault("redis_version", "").trim(), LOWEST_REDIS);
    }
  }

  private static void requireAtLeast(String product, String version, int[] lowest) {
    String[] parts = version.split("\\.");
    try {
      int major = Integer.parseInt(parts[0]);
      int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      if (major > lowest[0] || (major == lowest[0] && minor >= lowest[1])) {
        return;
      }
    } catch (NumberFormatException unknown) {
      // Falls through: what can't be read is refused.
    }
    throw new IllegalStateException(
        product
            + " "
            + version
            + " is too old: sharded publish and subscribe is needed, which Redis has from 7.0 and"
            + " Valkey from 7.2 on");
  }
}
