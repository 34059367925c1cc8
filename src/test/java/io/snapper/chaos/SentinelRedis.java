package io.snapper.chaos;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.TestRedis;
import io.snapper.testing.store.RedisCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A master with two replicas, watched by three sentinels. */
final class SentinelRedis implements RedisSystem {
  private static final String MASTER_NAME = "the-master";
  private static final int SERVERS = 3;
  private static final int SENTINELS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration CALM = Duration.ofSeconds(5);

  private final RedisServers servers = new RedisServers();
  private final List<Integer> sentinelPorts = new ArrayList<>();
  private final List<Process> sentinels = new ArrayList<>();
  private final Thread atExit = new Thread(this::killSentinels, "kill-sentinels");

  /**
   * Starts all of them; returns when the sentinels know each other and the replicas.
   *
   * @param directory for the sentinels' files
   */
  SentinelRedis(Path directory) {
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      for (int index = 0; index < SERVERS; index++) {
        boolean isMaster = index == 0;
        servers.add(port -> options(port, isMaster));
      }
      for (int index = 0; index < SENTINELS; index++) {
        startSentinel(Files.createDirectories(directory), index);
      }
    } catch (IOException failure) {
      close();
      throw new UncheckedIOException(failure);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> sentinelPorts.stream().allMatch(SentinelRedis::knowsAll));
  }

  private List<String> options(int announcedPort, boolean isMaster) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--replica-announce-ip", "127.0.0.1"));
    options.addAll(List.of("--replica-announce-port", Integer.toString(announcedPort)));
    options.addAll(List.of("--repl-diskless-sync-delay", "0", "--appendonly", "yes"));
    if (!isMaster) {
      options.addAll(
          List.of("--replicaof", "127.0.0.1", Integer.toString(servers.proxy(0).port())));
    }
    return options;
  }

  private void startSentinel(Path directory, int index) throws IOException {
    int port = FreePorts.next();
    Path file = directory.resolve("sentinel-" + index + ".conf").toAbsolutePath();
    Files.write(
        file,
        List.of(
            "bind 127.0.0.1",
            "port " + port,
            "dir \"" + directory.toAbsolutePath() + "\"",
            "sentinel monitor " + MASTER_NAME + " 127.0.0.1 " + servers.proxy(0).port() + " 2",
            "sentinel down-after-milliseconds " + MASTER_NAME + " 2000",
            "sentinel failover-timeout " + MASTER_NAME + " 10000"));
    sentinelPorts.add(port);
    sentinels.add(
        new ProcessBuilder(TestRedis.program(), file.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sentinel-" + index + ".log").toFile())
            .start());
  }

  private static boolean knowsAll(int sentinelPort) {
    try (RedisCli cli = new RedisCli(sentinelPort, null)) {
      List<?> replicas = (List<?>) cli.call("SENTINEL", "REPLICAS", MASTER_NAME);
      List<?> others = (List<?>) cli.call("SENTINEL", "SENTINELS", MASTER_NAME);
      return others.size() == SENTINELS - 1
          && replicas.size() == SERVERS - 1
          && replicas.stream().allMatch(one -> one.toString().contains("master-link-status, ok"));
    }
  }

  /** Returns the server that the sentinels call the master. */
  private int master() {
    try (RedisCli cli = new RedisCli(sentinelPorts.get(0), null)) {
      List<?> address = (List<?>) cli.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
      int port = Integer.parseInt(address.get(1).toString());
      return IntStream.range(0, SERVERS)
          .filter(index -> servers.proxy(index).port() == port)
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  public String name() {
    return "sentinel 1+2";
  }

  @Override
  public Map<String, String> settings(int node) {
    String addresses =
        sentinelPorts.stream()
            .map(port -> "redis://127.0.0.1:" + port)
            .collect(Collectors.joining(","));
    return Map.of(
        "snapper.redis.address",
        addresses,
        "snapper.redis.mode",
        "sentinel",
        "snapper.redis.sentinel.master",
        MASTER_NAME);
  }

  @Override
  public int cut(int part) {
    return servers.proxy(master()).cut();
  }

  @Override
  public void stall(int part) {
    servers.proxy(master()).stall();
  }

  @Override
  public void resume() {
    servers.resume();
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(servers.isolationOfANode());
    faults.add(Fault.withRepetition("master kill -9, failover", 2, this::killMaster));
    return faults;
  }

  private void killMaster(World world, int time) {
    int old = master();
    servers.server(old).kill();
    Awaitility.await().atMost(LIMIT).until(() -> master() != old && servers.isMaster(master()));
    world.pause(CALM);
    servers.server(old).restart();
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> sentinelPorts.stream().allMatch(SentinelRedis::knowsAll));
    world.pause(CALM);
  }

  private void killSentinels() {
    sentinels.forEach(Process::destroyForcibly);
  }

  @Override
  public void close() {
    killSentinels();
    servers.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // The hook is about to run and will find nothing to kill.
    }
  }
}
