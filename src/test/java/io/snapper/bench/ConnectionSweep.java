package io.snapper.bench;

import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What connections cost that do nothing. */
final class ConnectionSweep {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final ServerKind kind;
  private final List<String> jvm;
  private final Duration idleTime;

  ConnectionSweep(ServerKind kind, List<String> jvm, Duration idleTime) {
    this.kind = kind;
    this.jvm = jvm;
    this.idleTime = idleTime;
  }

  /** Each on a new system: what earlier connections left behind would be part of the figures. */
  MeasuredTable run() throws IOException, InterruptedException {
    MeasuredTable table =
        new MeasuredTable(
            "Idle consumers, each in a room of its own, on one node",
            "consumers",
            "KB of heap each",
            "KB of the node's RSS each",
            "KB of Redis each",
            "connecting: node ms each",
            "connecting: Redis ms each",
            "idle node, % of a core",
            "idle Redis");
    for (int consumers : new int[] {0, 2_000, 10_000}) {
      try (ScalingSystem system =
          ScalingSystem.start(kind, 1, ScalingSystem.SINGLE, jvm, Map.of())) {
        system.warmUp();
        if (consumers == 0) {
          ScalingSystem.Idle idle = system.idle(idleTime);
          table.add("0", "", "", "", "", "", idle.nodePercent(), idle.redisPercent());
        } else {
          measure(table, system, consumers);
        }
      }
    }
    return table;
  }

  private void measure(MeasuredTable table, ScalingSystem system, int consumers)
      throws IOException, InterruptedException {
    long node = system.node(0).pid();
    double heapBefore = ProcessLook.heapKibAfterCollection(node);
    double residentBefore = ProcessLook.residentKib(node);
    double redisBefore = system.usedMemory();
    LoadProcess load =
        system.start(
            "--rooms 0 --connect-rate 1000 --rate 0.001 --warm-up 20s --duration "
                + (idleTime.toSeconds() + 40)
                + "s --consumers "
                + consumers);
    awaitConnections(load, node, consumers);
    Thread.sleep(SETTLING.toMillis());
    double redis = system.usedMemory() - redisBefore;
    double resident = ProcessLook.residentKib(node) - residentBefore;
    // The collection itself comes before the load tool begins to measure the idle time.
    double heap = ProcessLook.heapKibAfterCollection(node) - heapBefore;
    Measured measured = new Measured(load.report(), 1, 0, 0, 0);
    table.add(
        String.format("%,d", consumers),
        heap / consumers,
        resident / consumers,
        redis / 1024 / consumers,
        measured.nodeMsPerConnection(),
        measured.redisMsPerConnection(),
        measured.nodePercent(),
        measured.redisPercent());
  }

  /** Each connection is an open file. */
  static void awaitConnections(LoadProcess load, long node, int consumers)
      throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (ProcessLook.openFiles(node) < consumers) {
      if (!load.isRunning() || System.nanoTime() - end > 0) {
        throw new IllegalStateException("the load tool can't connect");
      }
      Thread.sleep(200);
    }
  }
}
