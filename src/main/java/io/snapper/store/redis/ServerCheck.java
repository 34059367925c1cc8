package io.snapper.store.redis;

import java.util.List;
import java.util.Map;
import org.redisson.client.protocol.RedisCommands;

/** Checks, before anything is stored, that Redis can do what is needed and was set up for it. */
final class ServerCheck {
  private static final int[] LOWEST_REDIS = {7, 0};
  private static final int[] LOWEST_VALKEY = {7, 2};

  private ServerCheck() {}

  /**
   * Checks versions and the number of partitions; blocks.
   *
   * @throws IllegalStateException naming what is found and what is needed
   */
  static void check(ScriptRunner scripts, RedisKeys keys) {
    for (Map<String, String> server :
        Blocking.get(scripts.commandOnAll(RedisCommands.INFO_SERVER))) {
      checkVersion(server);
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
