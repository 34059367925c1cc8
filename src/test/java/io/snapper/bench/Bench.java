package io.snapper.bench;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.TestRedis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the micro-benchmarks, then every shape on both servers in turn, some rounds, and writes the
 * medians.
 *
 * <p>{@code -Dbench.rounds} (3), {@code -Dbench.shapes} and {@code -Dbench.servers} (all; names
 * separated by commas) choose less; for {@code -Dbench.micro} see {@link MicroBench}.
 */
public final class Bench {
  private static final String SECRET = "what the bench signs with, long enough for anybody";

  /** See docs/performance.md for what they gain. */
  static final List<String> JVM =
      List.of(
          System.getProperty(
                  "bench.jvm", "-Xms1g -Xmx1g -XX:+UseParallelGC -XX:+UseTransparentHugePages")
              .split(" "));

  private static final long KILL_AFTER_MS = 25_000;

  private final List<Shape> shapes = chosen("bench.shapes", Shape.values());
  private final List<ServerKind> kinds = chosen("bench.servers", ServerKind.values());
  private final int rounds = Integer.getInteger("bench.rounds", 3);
  private final Map<Shape, Map<ServerKind, Map<String, List<Double>>>> results =
      new EnumMap<>(Shape.class);

  private Bench() {}

  /** Runs everything; takes about four minutes, and fifteen for each round. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    MicroBench.main(arguments);
    Bench bench = new Bench();
    for (int round = 1; round <= bench.rounds; round++) {
      for (ServerKind kind : bench.kinds) {
        System.out.println("--- round " + round + ", " + kind);
        bench.measure(kind);
      }
    }
    PerformanceTable table = new PerformanceTable(bench.results, bench.kinds, bench.rounds);
    System.out.println(table.markdown());
    table.write();
    // Threads of the servers' helpers must not keep the build.
    System.exit(0);
  }

  private static <E extends Enum<E>> List<E> chosen(String property, E[] all) {
    String names = System.getProperty(property);
    return Stream.of(all)
        .filter(one -> names == null || List.of(names.split(",")).contains(one.name()))
        .collect(Collectors.toList());
  }

  private void measure(ServerKind kind) throws IOException, InterruptedException {
    List<Shape> onOneServer = shapes.stream().filter(shape -> !shape.isOnNewServer()).toList();
    if (!onOneServer.isEmpty()) {
      measure(kind, onOneServer);
    }
    for (Shape shape : shapes) {
      if (shape.isOnNewServer()) {
        measure(kind, List.of(shape));
      }
    }
  }

  private void measure(ServerKind kind, List<Shape> together)
      throws IOException, InterruptedException {
    try (TestRedis redis = TestRedis.start("--appendonly", "yes");
        RunningServer server = kind.start(settings(redis), JVM)) {
      if (!together.get(0).isOnNewServer()) {
        warmUp(server, redis);
      }
      for (Shape shape : together) {
        System.out.println("--- " + kind + ": " + shape.title());
        Map<String, Double> figures =
            shape.isWithKill()
                ? runWithKill(kind, server, redis, shape.options())
                : run(server, redis, shape.options());
        Map<String, List<Double>> of =
            results
                .computeIfAbsent(shape, key -> new EnumMap<>(ServerKind.class))
                .computeIfAbsent(kind, key -> new HashMap<>());
        figures.forEach(
            (name, value) -> of.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
      }
    }
  }

  /**
   * Lets the JIT compiler do its work, which is no part of any figure. At the slow shapes' rates
   * that takes minutes, so the same paths are run faster: small frames, one room.
   */
  private static void warmUp(RunningServer server, TestRedis redis)
      throws IOException, InterruptedException {
    for (String options :
        List.of(
            "--rate 0 --warm-up 15s --duration 1s",
            "--consumers 200 --rooms 1 --rate 200 --warm-up 60s --duration 1s")) {
      run(server, redis, List.of(options.split(" ")));
    }
  }

  private static Map<String, String> settings(TestRedis redis) {
    Map<String, String> settings = new HashMap<>();
    settings.put("snapper.redis.address", redis.address());
    settings.put("snapper.token.secrets", SECRET.replace(",", "\\,"));
    settings.put("snapper.producer.port", Integer.toString(FreePorts.next()));
    return settings;
  }

  private static Map<String, Double> run(
      RunningServer server, TestRedis redis, List<String> options)
      throws IOException, InterruptedException {
    return start(server, server, redis, options).figures();
  }

  private static LoadProcess start(
      RunningServer server, RunningServer other, TestRedis redis, List<String> options)
      throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--secret", SECRET));
    all.addAll(List.of("--servers", "ws://127.0.0.1:" + server.http().getPort()));
    all.addAll(List.of("--fallbacks", "ws://127.0.0.1:" + other.http().getPort()));
    all.addAll(List.of("--producers", "tcp://127.0.0.1:" + other.producerPort()));
    all.addAll(List.of("--processes", other.pid() + "," + redis.pid()));
    return LoadProcess.start(all);
  }

  private static Map<String, Double> runWithKill(
      ServerKind kind, RunningServer server, TestRedis redis, List<String> options)
      throws IOException, InterruptedException {
    try (RunningServer other = kind.start(settings(redis), JVM)) {
      LoadProcess load = start(server, other, redis, options);
      Thread.sleep(KILL_AFTER_MS);
      server.kill();
      return load.figures();
    }
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static String shown(double value) {
    return value >= 1000
        ? String.format("%,d", Math.round(value))
        : value >= 100 ? Long.toString(Math.round(value)) : trimmed(value);
  }

  private static String trimmed(double value) {
    return String.format(value >= 10 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f", value);
  }

  static String range(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return shown(sorted[0]) + "–" + shown(sorted[sorted.length - 1]);
  }
}
