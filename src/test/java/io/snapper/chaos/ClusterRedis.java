package io.snapper.chaos;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.store.RedisCli;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A Redis Cluster of three masters and three replicas. */
final class ClusterRedis implements RedisSystem {
  private static final int MASTERS = 3;
  private static final int SERVERS = 2 * MASTERS;
  private static final int SLOTS = 16384;
  private static final int SLOTS_AT_ONCE = 12;
  private static final int MIGRATION_TIMEOUT_MS = 5_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration CALM = Duration.ofSeconds(4);

  private final RedisServers servers = new RedisServers();
  private final List<Integer> busPorts = new ArrayList<>();

  /** Starts the servers and joins them; returns when all of them know all slots and replicas. */
  ClusterRedis() {
    try {
      form();
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  private void form() {
    for (int index = 0; index < SERVERS; index++) {
      busPorts.add(FreePorts.next());
      servers.add(port -> options(busPorts.get(busPorts.size() - 1), port));
    }
    for (int index = 0; index < MASTERS; index++) {
      int first = index * SLOTS / MASTERS;
      servers.call(index, "CLUSTER", "ADDSLOTSRANGE", first, (index + 1) * SLOTS / MASTERS - 1);
      servers.call(index, "CLUSTER", "SET-CONFIG-EPOCH", index + 1);
    }
    for (int index = 1; index < SERVERS; index++) {
      int port = servers.server(0).port();
      servers.call(index, "CLUSTER", "MEET", "127.0.0.1", port, busPorts.get(0));
    }
    awaitAll("cluster_known_nodes:" + SERVERS);
    for (int index = MASTERS; index < SERVERS; index++) {
      servers.call(index, "CLUSTER", "REPLICATE", id(index - MASTERS));
    }
    awaitAll("cluster_state:ok");
    awaitReplicas();
  }

  private static List<String> options(int busPort, int announcedPort) {
    return List.of(
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        Integer.toString(busPort),
        "--cluster-announce-port",
        Integer.toString(announcedPort),
        "--cluster-node-timeout",
        "2000",
        "--repl-diskless-sync-delay",
        "0",
        "--appendonly",
        "yes");
  }

  private void awaitAll(String state) {
    for (int index = 0; index < SERVERS; index++) {
      int server = index;
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> servers.call(server, "CLUSTER", "INFO").toString().contains(state));
    }
  }

  private void awaitReplicas() {
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () ->
                IntStream.range(0, SERVERS)
                    .filter(index -> !servers.isMaster(index))
                    .allMatch(this::isInStep));
  }

  private boolean isInStep(int replica) {
    return servers.call(replica, "INFO", "replication").toString().contains("_status:up");
  }

  private Object id(int index) {
    return servers.call(index, "CLUSTER", "MYID");
  }

  private List<Integer> masters() {
    return IntStream.range(0, SERVERS).filter(servers::isMaster).boxed().toList();
  }

  @Override
  public String name() {
    return "cluster 3+3";
  }

  @Override
  public Map<String, String> settings(int node) {
    String addresses =
        IntStream.range(0, MASTERS)
            .mapToObj(index -> "redis://127.0.0.1:" + servers.proxy(index).port())
            .collect(Collectors.joining(","));
    return Map.of("snapper.redis.address", addresses);
  }

  @Override
  public int cut(int part) {
    return servers.proxy(masters().get(part)).cut();
  }

  @Override
  public void stall(int part) {
    servers.proxy(masters().get(part)).stall();
  }

  @Override
  public void resume() {
    servers.resume();
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(servers.isolationOfANode());
    faults.add(Fault.withRepetition("master kill -9, failover", 2, this::killMaster));
    faults.add(Fault.withoutRepetition("slots migrated", 2, (world, time) -> migrateSlots(world)));
    return faults;
  }

  private void killMaster(World world, int time) {
    int master = masters().get(world.random().nextInt(MASTERS));
    servers.server(master).kill();
    Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> masters().size() == MASTERS);
    world.pause(CALM);
    servers.server(master).restart();
    awaitReplicas();
    world.pause(CALM);
  }

  private void migrateSlots(World world) {
    Random random = world.random();
    List<Integer> masters = masters();
    int from = masters.get(random.nextInt(MASTERS));
    int to = masters.get((masters.indexOf(from) + 1 + random.nextInt(2)) % MASTERS);
    for (int slot : usedSlots(from)) {
      move(slot, from, to, masters);
    }
    world.pause(CALM);
  }

  /** Returns some of the slots of a master that have keys. */
  private List<Integer> usedSlots(int master) {
    return ((List<?>) servers.call(master, "KEYS", "*"))
        .stream()
            .map(key -> ((Long) servers.call(master, "CLUSTER", "KEYSLOT", key)).intValue())
            .distinct()
            .limit(SLOTS_AT_ONCE)
            .toList();
  }

  private void move(int slot, int from, int to, List<Integer> masters) {
    Object target = id(to);
    servers.call(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
    servers.call(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", target);
    try (RedisCli source = new RedisCli(servers.server(from).port(), null)) {
      while (true) {
        List<?> keys = (List<?>) source.call("CLUSTER", "GETKEYSINSLOT", slot, 5);
        if (keys.isEmpty()) {
          break;
        }
        for (Object key : keys) {
          int port = servers.server(to).port();
          source.call("MIGRATE", "127.0.0.1", port, key, 0, MIGRATION_TIMEOUT_MS);
        }
      }
    }
    servers.call(to, "CLUSTER", "SETSLOT", slot, "NODE", target);
    servers.call(from, "CLUSTER", "SETSLOT", slot, "NODE", target);
    masters.forEach(master -> servers.call(master, "CLUSTER", "SETSLOT", slot, "NODE", target));
  }

  @Override
  public void close() {
    servers.close();
  }
}
