package io.snapper.bench;

import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What thousands of consumers cost that never acknowledge, and whether others notice them: the same
 * load with consumers that do acknowledge is beside it.
 *
 * <p>Each batch is sent again after a minute and its connection closed after another one, so within
 * the time of a run all of that happens.
 */
final class SilentConsumers {
  private static final int CONSUMERS = Integer.getInteger("bench.silent.consumers", 10_000);

  /**
   * Room for everything: what is held is to be measured, not when it no longer fits. Pages that a
   * collection is the first to touch would be most of its pause.
   */
  private static final List<String> JVM =
      List.of(
          System.getProperty(
                  "bench.silent.jvm", "-Xms6g -Xmx6g -XX:+AlwaysPreTouch -XX:+UseParallelGC")
              .split(" "));

  private static final int FULL_BATCH_SECONDS = 50;

  /** Everybody has got a batch, and nobody has been closed yet. */
  private static final Duration FILLED = Duration.ofSeconds(75);

  /** The first ones are about to be closed. */
  private static final Duration CLOSING = Duration.ofSeconds(110);

  private static final int WHOLE_SECONDS = 200;

  /** The others, who acknowledge, and whose latency is looked at. */
  private static final String OTHERS = "--consumers 200 --rooms 1 --rate 20 --warm-up 5s";

  private final List<ServerKind> servers;

  /** Who gets what. */
  private enum Load {
    HALF_SHARED("half in rooms of 1,000, half in rooms of their own"),
    OWN_ROOMS("each in a room of its own, a full batch each");

    private final String title;

    Load(String title) {
      this.title = title;
    }

    /** Returns the options of one or two load tools. */
    List<String> options() {
      int own = this == OWN_ROOMS ? CONSUMERS : CONSUMERS / 2;
      // 50 messages of 1,280 characters, stored together, are one batch of 64,000.
      double rate = own * 50.0 / FULL_BATCH_SECONDS;
      List<String> options = new ArrayList<>();
      options.add("--rooms 0 --size 1280 --burst 50 --rate " + rate + " --consumers " + own);
      if (this == HALF_SHARED) {
        int shared = CONSUMERS - own;
        int rooms = Math.max(1, shared / 1000);
        options.add("--size 1280 --rate " + rooms + " --rooms " + rooms + " --consumers " + shared);
      }
      return options;
    }
  }

  SilentConsumers(List<ServerKind> servers) {
    this.servers = servers;
  }

  MeasuredTable run() throws IOException, InterruptedException {
    MeasuredTable table =
        new MeasuredTable(
            String.format(
                "%,d consumers that never acknowledge, beside as many that do", CONSUMERS),
            "server",
            "rooms",
            "acknowledge",
            "KB of heap each",
            "KB of Redis each",
            "others' p99 ms while batches go out",
            "the longest pause for garbage then, ms",
            "others' p99 ms while they are closed and come back",
            "the longest pause then, ms",
            "others lose nothing");
    for (ServerKind kind : servers) {
      for (Load load : loads()) {
        for (boolean isSilent : new boolean[] {false, true}) {
          measure(table, kind, load, isSilent);
        }
      }
    }
    return table;
  }

  private static List<Load> loads() {
    String names = System.getProperty("bench.silent.loads");
    return Stream.of(Load.values())
        .filter(load -> names == null || List.of(names.split(",")).contains(load.name()))
        .collect(Collectors.toList());
  }

  private static void measure(MeasuredTable table, ServerKind kind, Load load, boolean isSilent)
      throws IOException, InterruptedException {
    List<LoadProcess> running = new ArrayList<>();
    CollectionPauses pauses = new CollectionPauses(Path.of("target", "silent-collections.log"));
    List<String> jvm = new ArrayList<>(JVM);
    jvm.add(pauses.option());
    try (ScalingSystem system = ScalingSystem.start(kind, 1, ScalingSystem.SINGLE, jvm, Map.of())) {
      system.warmUp();
      long node = system.node(0).pid();
      double heapBefore = ProcessLook.heapKibAfterCollection(node);
      double redisBefore = system.usedMemory();
      for (String options : load.options()) {
        running.add(
            system.start(
                options
                    + " --connect-rate 1000 --warm-up 0s --duration "
                    + WHOLE_SECONDS
                    + "s --silent-share "
                    + (isSilent ? 1 : 0)));
      }
      ConnectionSweep.awaitConnections(running.get(0), node, CONSUMERS);
      long start = System.nanoTime();
      Others during = others(system, pauses, "30s");
      sleepUntil(start, FILLED);
      double redis = system.usedMemory() - redisBefore;
      double heap = ProcessLook.heapKibAfterCollection(node) - heapBefore;
      sleepUntil(start, CLOSING);
      Others after = others(system, pauses, "55s");
      table.add(
          kind == ServerKind.WILDFLY ? "WildFly" : "Payara Micro",
          load.title,
          isSilent ? "never" : "yes",
          heap / CONSUMERS,
          redis / 1024 / CONSUMERS,
          during.p99Ms(),
          during.longestPauseMs(),
          after.p99Ms(),
          after.longestPauseMs(),
          during.isFlawless() && after.isFlawless() ? "yes" : "**no**");
    } finally {
      running.forEach(LoadProcess::kill);
    }
  }

  /** How the others fared, and how long the node stood still meanwhile. */
  private record Others(double p99Ms, double longestPauseMs, boolean isFlawless) {}

  private static Others others(ScalingSystem system, CollectionPauses pauses, String duration)
      throws IOException, InterruptedException {
    int before = pauses.count();
    try {
      Measured measured = system.measure(OTHERS + " --duration " + duration);
      return new Others(
          measured.figure("latencyP99Ms"), pauses.longestMsSince(before), measured.isFlawless());
    } catch (IOException failure) {
      System.out.println("they could not even work: " + failure);
      return new Others(Double.NaN, pauses.longestMsSince(before), false);
    }
  }

  private static void sleepUntil(long startNanos, Duration passed) throws InterruptedException {
    long passedMs = (System.nanoTime() - startNanos) / 1_000_000;
    Thread.sleep(Math.max(0, passed.toMillis() - passedMs));
  }
}
