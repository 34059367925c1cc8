package io.snapper.clients;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.TestRedis;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two nodes of different kinds on a Redis of their own that keeps its data: for tests that need the
 * same secrets on both, short times, or to stop something. Started when first asked for, one pair
 * for this JVM; whoever stops something starts it again.
 */
final class NodePair {
  /** The second one is as short as those of old deployments. */
  private static final List<String> SECRETS =
      List.of("what both nodes of the pair sign and verify with", "fourteen bytes");

  private static NodePair started;

  private final TestRedis redis = TestRedis.start("--appendonly", "yes");
  private final Map<ServerKind, Integer> producerPorts = new EnumMap<>(ServerKind.class);
  private final Map<ServerKind, RunningServer> servers = new EnumMap<>(ServerKind.class);

  private NodePair() {
    for (ServerKind kind : ServerKind.values()) {
      producerPorts.put(kind, FreePorts.next());
      servers.put(kind, kind.launch(settings(kind)));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::removeFiles, "clean-pair"));
    servers.values().forEach(RunningServer::awaitReady);
  }

  /** Returns the pair, ready. */
  static synchronized NodePair get() {
    if (started == null) {
      started = new NodePair();
    }
    return started;
  }

  TestRedis redis() {
    return redis;
  }

  /** Returns both nodes, that of the given kind first. */
  synchronized List<Scenario.Node> startingWith(ServerKind kind) {
    List<ServerKind> kinds = List.of(kind, other(kind));
    return kinds.stream().map(one -> new Scenario.Node(servers.get(one), SECRETS)).toList();
  }

  /** Stops a node as an operator does and starts it again on the same producers' port. */
  synchronized void restart(ServerKind kind) {
    RunningServer old = servers.get(kind);
    old.stop();
    old.close();
    servers.put(kind, kind.start(settings(kind)));
  }

  /** Lets a node stand still, or go on. */
  synchronized void setFrozen(ServerKind kind, boolean isFrozen) {
    if (isFrozen) {
      servers.get(kind).pause();
    } else {
      servers.get(kind).resume();
    }
  }

  private Map<String, String> settings(ServerKind kind) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("snapper.redis.address", redis.address());
    settings.put("snapper.producer.port", Integer.toString(producerPorts.get(kind)));
    settings.put("snapper.node.address", kind.name().toLowerCase(Locale.ROOT));
    settings.put("snapper.token.secrets", String.join(",", SECRETS));
    settings.put("snapper.consumer.ping-interval", "1s");
    settings.put("snapper.consumer.ping-timeout", "8s");
    settings.put("snapper.mailbox.weakened-life", "1s");
    return settings;
  }

  private static ServerKind other(ServerKind kind) {
    return kind == ServerKind.WILDFLY ? ServerKind.PAYARA_MICRO : ServerKind.WILDFLY;
  }

  private synchronized void removeFiles() {
    servers.values().forEach(RunningServer::kill);
    servers.values().forEach(RunningServer::close);
    redis.close();
  }
}
