package io.snapper.testing.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Redis Cluster of three masters without replicas, on free ports. Not thread safe. */
public final class RedisClusterProcesses implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16384;
  private static final String PASSWORD = "secret-of-the-cluster";

  private final List<RedisProcess> masters = new ArrayList<>();
  private final List<Integer> busPorts = new ArrayList<>();

  private RedisClusterProcesses() {}

  /** Starts the servers and joins them; returns when all of them know all slots. */
  public static RedisClusterProcesses start() {
    RedisClusterProcesses cluster = new RedisClusterProcesses();
    try {
      cluster.form();
      return cluster;
    } catch (RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  private void form() {
    for (int index = 0; index < MASTERS; index++) {
      busPorts.add(freePort());
      masters.add(
          RedisProcess.start(
              List.of(
                  "cluster-enabled yes",
                  "cluster-node-timeout 3000",
                  "cluster-port " + busPorts.get(index)),
              PASSWORD));
    }
    for (int index = 0; index < MASTERS; index++) {
      try (RedisCli cli = masters.get(index).cli()) {
        cli.call(
            "CLUSTER", "ADDSLOTSRANGE", index * SLOTS / MASTERS, (index + 1) * SLOTS / MASTERS - 1);
        cli.call("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
        if (index > 0) {
          cli.call("CLUSTER", "MEET", "127.0.0.1", masters.get(0).port(), busPorts.get(0));
        }
      }
    }
    for (RedisProcess master : masters) {
      try (RedisCli cli = master.cli()) {
        Awaitility.await()
            .until(
                () -> {
                  String state = (String) cli.call("CLUSTER", "INFO");
                  return state.contains("cluster_state:ok")
                      && state.contains("cluster_known_nodes:" + MASTERS);
                });
      }
    }
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

  /** Returns one of the masters, 0 to 2; it begins with the third of the slots of that number. */
  public RedisProcess master(int index) {
    return masters.get(index);
  }

  /** Moves a slot with its keys from one master to another. */
  public void moveSlot(int slot, int from, int to) {
    try (RedisCli source = masters.get(from).cli();
        RedisCli target = masters.get(to).cli()) {
      Object sourceId = source.call("CLUSTER", "MYID");
      Object targetId = target.call("CLUSTER", "MYID");
      target.call("CLUSTER", "SETSLOT", slot, "IMPORTING", sourceId);
      source.call("CLUSTER", "SETSLOT", slot, "MIGRATING", targetId);
      List<?> keys = (List<?>) source.call("CLUSTER", "GETKEYSINSLOT", slot, 1000);
      for (Object key : keys) {
        source.call("MIGRATE", "127.0.0.1", masters.get(to).port(), key, 0, 5000, "AUTH", PASSWORD);
      }
      target.call("CLUSTER", "SETSLOT", slot, "NODE", targetId);
      source.call("CLUSTER", "SETSLOT", slot, "NODE", targetId);
    }
  }

  @Override
  public void close() {
    masters.forEach(RedisProcess::close);
  }
}
