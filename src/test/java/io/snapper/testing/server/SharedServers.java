package io.snapper.testing.server;

import java.util.EnumMap;
import java.util.Map;

/**
 * One server of each kind on one Redis, for all tests of this JVM: a start takes many seconds.
 * Started when first asked for, stopped when the JVM ends. Tests must not stop them, and choose
 * rooms and users of their own. Thread-safe.
 */
public final class SharedServers {
  private static final Map<ServerKind, RunningServer> SERVERS = new EnumMap<>(ServerKind.class);
  private static TestRedis redis;

  private SharedServers() {}

  /** Returns the server of that kind, ready. */
  public static synchronized RunningServer of(ServerKind kind) {
    RunningServer server = SERVERS.get(kind);
    if (server == null) {
      server = kind.start(Map.of("snapper.redis.address", redis().address()));
      SERVERS.put(kind, server);
    }
    return server;
  }

  /** Returns the Redis behind all of them. */
  public static synchronized TestRedis redis() {
    if (redis == null) {
      redis = TestRedis.start();
      Runtime.getRuntime().addShutdownHook(new Thread(SharedServers::removeFiles, "clean-servers"));
    }
    return redis;
  }

  private static synchronized void removeFiles() {
    SERVERS.values().forEach(RunningServer::kill);
    SERVERS.values().forEach(RunningServer::close);
    redis.close();
  }
}
