package io.snapper.testing.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real Redis Cluster, of three masters if nothing else is said, with a replica each or none, on
 * free ports.
 */
public final class RedisClusterProcesses implements AutoCloseable {
  private static final int USUAL_MASTERS = 3;
  private static final int SLOTS = 16384;
  private static final String PASSWORD = "secret-of-the-cluster";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int masterCount;
  private final Duration nodeTimeout;
  private final List<RedisProcess> masters = new ArrayList<>();
  private final List<RedisProcess> replicas = new ArrayList<>();
  private final List<Integer> busPorts = new ArrayList<>();

  private RedisClusterProcesses(int masterCount, Duration nodeTimeout) {
    this.masterCount = masterCount;
    this.nodeTimeout = nodeTimeout;
  }

  /** Starts masters alone; returns when all of them know all slots. */
  public static RedisClusterProcesses start() {
    return start(USUAL_MASTERS);
  }

  /**
   * Same as {@link #start()}.
   *
   * @param masters how many, 1 or more
   */
  public static RedisClusterProcesses start(int masters) {
    return start(masters, Duration.ofSeconds(3), false);
  }

  /**
   * Starts masters and a replica for each; returns when all servers know all slots and the replicas
   * have their masters' data.
   *
   * @param nodeTimeout how long a server must be silent to count as failing
   */
  public static RedisClusterProcesses startWithReplicas(Duration nodeTimeout) {
    return start(USUAL_MASTERS, nodeTimeout, true);
  }

  private static RedisClusterProcesses start(
      int masters, Duration nodeTimeout, boolean hasReplicas) {
    RedisClusterProcesses cluster = new RedisClusterProcesses(masters, nodeTimeout);
    try {
      cluster.formMasters();
      if (hasReplicas) {
        cluster.addReplicas();
      }
      return cluster;
    } catch (RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  private RedisProcess startServer() {
    int busPort = freePort();
    busPorts.add(busPort);
    return RedisProcess.start(
        List.of(
            "cluster-enabled yes",
            // A lone master has met nobody who could tell it its address.
            "cluster-announce-ip 127.0.0.1",
            "cluster-node-timeout " + nodeTimeout.toMillis(),
            "cluster-port " + busPort,
            "masterauth " + PASSWORD,
            "repl-diskless-sync-delay 0"),
        PASSWORD);
  }

  private void formMasters() {
    for (int index = 0; index < masterCount; index++) {
      masters.add(startServer());
    }
    for (int index = 0; index < masterCount; index++) {
      try (RedisCli cli = masters.get(index).cli()) {
        cli.call(
            "CLUSTER",
            "ADDSLOTSRANGE",
            index * SLOTS / masterCount,
            (index + 1) * SLOTS / masterCount - 1);
        cli.call("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
        if (index > 0) {
          meetFirst(cli);
        }
      }
    }
    awaitAgreement();
  }

  private void addReplicas() {
    for (int index = 0; index < masterCount; index++) {
      replicas.add(startServer());
      try (RedisCli cli = replicas.get(index).cli()) {
        meetFirst(cli);
      }
    }
    awaitAgreement();
    for (int index = 0; index < masterCount; index++) {
      try (RedisCli cli = replicas.get(index).cli();
          RedisCli master = masters.get(index).cli()) {
        cli.call("CLUSTER", "REPLICATE", master.call("CLUSTER", "MYID"));
      }
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> replicas.stream().allMatch(RedisProcess::isReplicating));
    Awaitility.await().atMost(PATIENCE).until(this::isEveryReplicaKnown);
  }

  private void meetFirst(RedisCli cli) {
    cli.call("CLUSTER", "MEET", "127.0.0.1", masters.get(0).port(), busPorts.get(0));
  }

  private boolean isEveryReplicaKnown() {
    for (RedisProcess server : servers()) {
      try (RedisCli cli = server.cli()) {
        String nodes = (String) cli.call("CLUSTER", "NODES");
        if (nodes.lines().filter(line -> line.contains("slave")).count() < masterCount) {
          return false;
        }
      }
    }
    return true;
  }

  private void awaitAgreement() {
    for (RedisProcess server : servers()) {
      try (RedisCli cli = server.cli()) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  String state = (String) cli.call("CLUSTER", "INFO");
                  return state.contains("cluster_state:ok")
                      && state.contains("cluster_known_nodes:" + servers().size());
                });
      }
    }
  }

  private List<RedisProcess> servers() {
    List<RedisProcess> servers = new ArrayList<>(masters);
    servers.addAll(replicas);
    return servers;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public List<URI> addresses() {
    return masters.stream().map(RedisProcess::address).toList();
  }

  public String password() {
    return PASSWORD;
  }

  /** Returns one of the masters, from 0; it begins with the share of the slots of that number. */
  public RedisProcess master(int index) {
    return masters.get(index);
  }

  /** Returns the replica of the master of that number. */
  public RedisProcess replica(int index) {
    return replicas.get(index);
  }

  /**
   * Returns which master has a key like this one.
   *
   * @param pattern as KEYS takes it
   */
  public int masterWith(String pattern) {
    for (int index = 0; index < masterCount; index++) {
      if (!keysLike(pattern, masters.get(index)).isEmpty()) {
        return index;
      }
    }
    throw new IllegalStateException("no master has a key like " + pattern);
  }

  /** Returns the slot of the key like this one on a master. */
  public int slotOf(String pattern, int master) {
    try (RedisCli cli = masters.get(master).cli()) {
      Object key = keysLike(pattern, masters.get(master)).get(0);
      return Math.toIntExact((Long) cli.call("CLUSTER", "KEYSLOT", key));
    }
  }

  private static List<?> keysLike(String pattern, RedisProcess server) {
    try (RedisCli cli = server.cli()) {
      return (List<?>) cli.call("KEYS", pattern);
    }
  }

  /** Moves a slot with its keys from one master to another. */
  public void moveSlot(int slot, int from, int to) {
    beginMove(slot, from, to);
    try (RedisCli source = masters.get(from).cli();
        RedisCli target = masters.get(to).cli()) {
      List<?> keys = keysIn(slot, source);
      while (!keys.isEmpty()) {
        for (Object key : keys) {
          moveKey(key, source, to);
        }
        keys = keysIn(slot, source);
      }
      Object targetId = target.call("CLUSTER", "MYID");
      target.call("CLUSTER", "SETSLOT", slot, "NODE", targetId);
      source.call("CLUSTER", "SETSLOT", slot, "NODE", targetId);
    }
  }

  /** Begins to move a slot; each key stays where it is until it is moved. */
  public void beginMove(int slot, int from, int to) {
    try (RedisCli source = masters.get(from).cli();
        RedisCli target = masters.get(to).cli()) {
      target.call("CLUSTER", "SETSLOT", slot, "IMPORTING", source.call("CLUSTER", "MYID"));
      source.call("CLUSTER", "SETSLOT", slot, "MIGRATING", target.call("CLUSTER", "MYID"));
    }
  }

  /** Moves one key of a slot whose move has begun. */
  public void moveKey(String key, int from, int to) {
    try (RedisCli source = masters.get(from).cli()) {
      moveKey(key, source, to);
    }
  }

  private void moveKey(Object key, RedisCli source, int to) {
    source.call("MIGRATE", "127.0.0.1", masters.get(to).port(), key, 0, 5000, "AUTH", PASSWORD);
  }

  private static List<?> keysIn(int slot, RedisCli server) {
    return (List<?>) server.call("CLUSTER", "GETKEYSINSLOT", slot, 100);
  }

  @Override
  public void close() {
    replicas.forEach(RedisProcess::close);
    masters.forEach(RedisProcess::close);
  }
}
