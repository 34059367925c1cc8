package io.snapper.testing.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real master with a replica and one sentinel that watches them, on free ports. */
public final class RedisSentinelProcesses implements AutoCloseable {
  /** The name that the sentinel knows the master by. */
  public static final String MASTER_NAME = "the-master";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PASSWORD = "secret-of-both";

  private final RedisProcess master;
  private final RedisProcess replica;
  private final Process sentinel;
  private final Path sentinelFile;
  private final int sentinelPort;

  private RedisSentinelProcesses(Duration downAfter) throws IOException {
    List<String> settings = List.of("masterauth " + PASSWORD, "repl-diskless-sync-delay 0");
    master = RedisProcess.start(settings, PASSWORD);
    replica =
        RedisProcess.start(
            List.of("masterauth " + PASSWORD, "replicaof 127.0.0.1 " + master.port()), PASSWORD);
    // A sentinel asks a master for its replicas every 10 s only.
    Awaitility.await().atMost(PATIENCE).until(replica::isReplicating);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      sentinelPort = free.getLocalPort();
    }
    sentinelFile = Files.createTempFile("snapper-sentinel", ".conf");
    Files.write(
        sentinelFile,
        List.of(
            "bind 127.0.0.1",
            "port " + sentinelPort,
            "sentinel monitor " + MASTER_NAME + " 127.0.0.1 " + master.port() + " 1",
            "sentinel auth-pass " + MASTER_NAME + " " + PASSWORD,
            "sentinel down-after-milliseconds " + MASTER_NAME + " " + downAfter.toMillis(),
            "sentinel failover-timeout " + MASTER_NAME + " 5000"));
    sentinel =
        new ProcessBuilder(master.program().toString(), sentinelFile.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreException(UncheckedIOException.class)
        .until(this::knowsReplica);
  }

  /** Starts all three with a master that counts as down after a second. */
  public static RedisSentinelProcesses start() {
    return start(Duration.ofSeconds(1));
  }

  /**
   * Starts all three; returns when the sentinel knows both servers.
   *
   * @param downAfter how long a master must be silent to count as down
   */
  public static RedisSentinelProcesses start(Duration downAfter) {
    try {
      return new RedisSentinelProcesses(downAfter);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean knowsReplica() {
    try (RedisCli cli = new RedisCli(sentinelPort, null)) {
      List<?> known = (List<?>) cli.call("SENTINEL", "REPLICAS", MASTER_NAME);
      return known.size() == 1 && known.get(0).toString().contains("master-link-status, ok");
    }
  }

  /** Returns the sentinel's address. */
  public URI address() {
    return URI.create("redis://127.0.0.1:" + sentinelPort);
  }

  public String password() {
    return PASSWORD;
  }

  /** Makes the replica the master; returns when it is. */
  public void failOver() {
    try (RedisCli cli = new RedisCli(sentinelPort, null)) {
      cli.call("SENTINEL", "FAILOVER", MASTER_NAME);
    }
    Awaitility.await().atMost(PATIENCE).until(replica::isMaster);
  }

  /** Returns the server that is the master at the start. */
  public RedisProcess master() {
    return master;
  }

  /** Returns the server that is the replica at the start. */
  public RedisProcess replica() {
    return replica;
  }

  @Override
  public void close() {
    sentinel.destroyForcibly();
    replica.close();
    master.close();
    try {
      Files.delete(sentinelFile);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
