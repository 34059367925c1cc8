package io.snapper.chaos;

import io.snapper.testing.server.ServerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Three nodes on one Redis with their clients, and a phase of faults after the other. */
final class World implements AutoCloseable {
  static final int NODES = 3;

  private static final ServerKind[] KINDS = {
    ServerKind.WILDFLY, ServerKind.PAYARA_MICRO, ServerKind.PAYARA_MICRO
  };

  /** How soon a device finds out that its node is silent; the last two wait for the node. */
  private static final String[][] PINGS = {{"1s", "3s"}, {"2s", "20s"}, {"25s", "60s"}};

  private static final String SECRET = "what all three nodes sign and verify with";
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int FIRST_ADDRESS = 11;
  private static final int MESSAGES_EVERY_MS = 50;

  private final boolean isStrict;
  private final long seed;
  private final RedisSystem redis;
  private final Path directory;
  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final Layout layout;
  private final Ledger ledger;
  private Balancers balancers;
  private Clients clients;
  private int phaseCount;

  private World(RedisSystem redis, boolean isStrict, long seed, int consumers, Path directory) {
    this.redis = redis;
    this.isStrict = isStrict;
    this.seed = seed;
    this.directory = directory.toAbsolutePath();
    this.random = new Random(seed);
    this.layout = Layout.draw(seed, consumers);
    this.ledger = new Ledger(layout);
  }

  /** Starts everything; returns when all consumers are connected and in their rooms. */
  static World start(
      RedisSystem redis, boolean isStrict, long seed, int consumers, Path directory) {
    World world = new World(redis, isStrict, seed, consumers, directory);
    try {
      world.open();
      return world;
    } catch (RuntimeException failure) {
      world.close();
      throw failure;
    }
  }

  private void open() {
    for (int index = 0; index < NODES; index++) {
      Path clock = directory.resolve("clock-" + index);
      String address = "127.0.0." + (FIRST_ADDRESS + index);
      nodes.add(new Node("node-" + index, KINDS[index], settings(index), clock, address));
    }
    nodes.forEach(Node::awaitReady);
    balancers = new Balancers(nodes, layout);
    String configuration =
        layout.json(balancers, SECRET, dataDirectory().toString(), MESSAGES_EVERY_MS);
    clients = new Clients(directory, configuration, ledger);
    clients.awaitJoined();
  }

  private Map<String, String> settings(int index) {
    Map<String, String> settings = new TreeMap<>(redis.settings(index));
    settings.put("snapper.node.address", "node-" + index);
    settings.put("snapper.token.secrets", SECRET);
    settings.put("snapper.data.dir", dataDirectory().toString());
    settings.put("snapper.consumer.ping-interval", PINGS[index][0]);
    settings.put("snapper.consumer.ping-timeout", PINGS[index][1]);
    settings.put("snapper.delivery.strict", Boolean.toString(isStrict));
    // What a device misses while it is away must not be trimmed: a gap notice is a finding here.
    settings.put("snapper.room.log.length", "50000");
    return settings;
  }

  private Path dataDirectory() {
    return directory.resolve("data");
  }

  RedisSystem redis() {
    return redis;
  }

  Balancers balancers() {
    return balancers;
  }

  Random random() {
    return random;
  }

  List<Node> nodes() {
    return nodes;
  }

  Node oneOfNodes() {
    return nodes.get(random.nextInt(NODES));
  }

  /** Returns the node with the most connections. */
  Node fullestNode() {
    return nodes.stream().max(Comparator.comparingInt(balancers::connectionsOf)).orElseThrow();
  }

  /** Lets time go by: what is tried here happens in real time, in other processes. */
  void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Lets messages flow while a fault happens, waits until all is delivered, and sums up. */
  List<Row> run(Fault fault) {
    String phase = "phase-" + ++phaseCount;
    ledger.beginPhase();
    long beginMs = System.currentTimeMillis();
    clients.start(phase);
    pause(WARM_UP);
    for (int time = 0; time < fault.times(); time++) {
      fault.happening().happen(this, time);
    }
    clients.stop();
    long deadlineNs = System.nanoTime() + DELIVERY_LIMIT.toNanos();
    while (ledger.outstanding(phase) > 0 && System.nanoTime() < deadlineNs) {
      pause(LOOK);
    }
    pause(QUIET);
    List<Row> rows = new ArrayList<>();
    for (String client : List.of(Layout.SNAPPER_CONSUMER, Layout.ENGINE_IO_CLIENT)) {
      Ledger.Tally tally = ledger.tally(phase, client);
      rows.add(new Row(redis.name(), isStrict, seed, client, fault, tally));
    }
    System.out.printf(
        "%s: %d ms, events so far %s%n",
        fault.name(), System.currentTimeMillis() - beginMs, clients.eventCounts());
    rows.forEach(row -> System.out.println(row.line()));
    ledger.faults().forEach(line -> System.out.println("  " + line));
    return rows;
  }

  @Override
  public void close() {
    if (clients != null) {
      clients.close();
    }
    nodes.forEach(Node::close);
    if (balancers != null) {
      balancers.close();
    }
    redis.close();
  }
}
