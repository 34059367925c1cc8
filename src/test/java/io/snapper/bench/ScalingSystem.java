package io.snapper.bench;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisClusterProcesses;
import io.snapper.testing.store.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Some nodes over one Redis or a cluster, on this machine, to be measured. */
final class ScalingSystem implements AutoCloseable {
  /** A single Redis without cluster mode. */
  static final int SINGLE = 0;

  private static final String SECRET = "what the bench signs with, long enough for anybody";

  /** Copies of the whole file, at moments of Redis' choice, would be part of some figures. */
  private static final String NO_REWRITE = "auto-aof-rewrite-percentage 0";

  /** The last connections end, the last cursors are written. */
  private static final long SETTLING_MS = 5_000;

  private final List<RedisProcess> redis = new ArrayList<>();
  private final List<RunningServer> nodes = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** What all nodes and all of Redis use when nobody is connected, in percent of one core. */
  record Idle(double nodePercent, double redisPercent) {}

  private ScalingSystem() {}

  /**
   * Starts everything.
   *
   * @param masters of a cluster, or {@link #SINGLE}
   * @param jvm options of the nodes' JVMs
   * @param more of Snapper's settings
   */
  static ScalingSystem start(
      ServerKind kind, int nodes, int masters, List<String> jvm, Map<String, String> more) {
    ScalingSystem system = new ScalingSystem();
    try {
      Map<String, String> settings = system.startRedis(masters);
      settings.putAll(more);
      for (int index = 0; index < nodes; index++) {
        settings.put("snapper.producer.port", Integer.toString(FreePorts.next()));
        RunningServer node = kind.start(settings, jvm);
        system.toClose.add(node);
        system.nodes.add(node);
      }
      return system;
    } catch (RuntimeException failure) {
      system.close();
      throw failure;
    }
  }

  private Map<String, String> startRedis(int masters) {
    Map<String, String> settings = new HashMap<>();
    if (masters == SINGLE) {
      RedisProcess single = RedisProcess.start(List.of(NO_REWRITE));
      toClose.add(single);
      redis.add(single);
      settings.put("snapper.redis.mode", "single");
    } else {
      RedisClusterProcesses cluster = RedisClusterProcesses.start(masters);
      toClose.add(cluster);
      IntStream.range(0, masters).mapToObj(cluster::master).forEach(redis::add);
      settings.put("snapper.redis.mode", "cluster");
    }
    settings.put(
        "snapper.redis.address",
        redis.stream().map(one -> one.address().toString()).collect(Collectors.joining(",")));
    settings.put("snapper.redis.password", redis.get(0).password());
    settings.put("snapper.token.secrets", SECRET.replace(",", "\\,"));
    return settings;
  }

  RunningServer node(int index) {
    return nodes.get(index);
  }

  /** Lets the JIT compiler do its work of the first minute, which is no part of any figure. */
  void warmUp() throws IOException, InterruptedException {
    // The load goes to the nodes in turn.
    String time = " --warm-up " + 15 * nodes.size() + "s --duration 1s";
    measure("--rate 0" + time);
    measure("--consumers 1000 --rooms 0 --rate 2000" + time);
  }

  /** Returns what it uses while nobody is connected. */
  Idle idle(Duration time) throws InterruptedException {
    Thread.sleep(SETTLING_MS);
    double nodesBefore = nodeCpuSeconds();
    double redisBefore = redisCpuSeconds();
    Thread.sleep(time.toMillis());
    double percent = 100.0 / time.toSeconds();
    return new Idle(
        percent * (nodeCpuSeconds() - nodesBefore), percent * (redisCpuSeconds() - redisBefore));
  }

  private double nodeCpuSeconds() {
    return nodes.stream().mapToDouble(node -> ProcessLook.cpuSeconds(node.pid())).sum();
  }

  private double redisCpuSeconds() {
    return redis.stream().mapToDouble(one -> ProcessLook.cpuSeconds(one.processId())).sum();
  }

  /** Runs the load tool with these options, separated by spaces, and what it needs besides. */
  Measured measure(String options) throws IOException, InterruptedException {
    double segmentsBefore = calls("xadd");
    double pushesBefore = calls("spublish");
    double memoryBefore = usedMemory();
    var report = start(options).report();
    double messages = Math.max(1, report.getJsonNumber("accepted").doubleValue());
    Measured measured =
        new Measured(
            report,
            nodes.size(),
            (calls("xadd") - segmentsBefore) / messages,
            (calls("spublish") - pushesBefore) / messages,
            usedMemory() - memoryBefore);
    if (!measured.isFlawless()) {
      System.out.println("NOT FLAWLESS: " + report);
    }
    return measured;
  }

  /** Starts the load tool in the same way, and returns at once. */
  LoadProcess start(String options) throws IOException {
    System.out.println("--- " + nodes.size() + " nodes, " + redis.size() + " Redis: " + options);
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.addAll(List.of("--secret", SECRET));
    all.addAll(List.of("--servers", joined("ws", node -> node.http().getPort())));
    all.addAll(List.of("--producers", joined("tcp", RunningServer::producerPort)));
    List<Long> processes = new ArrayList<>(nodes.stream().map(RunningServer::pid).toList());
    redis.forEach(one -> processes.add(one.processId()));
    all.addAll(
        List.of(
            "--processes",
            processes.stream().map(Object::toString).collect(Collectors.joining(","))));
    return LoadProcess.start(all);
  }

  private String joined(String scheme, java.util.function.ToIntFunction<RunningServer> port) {
    return nodes.stream()
        .map(node -> scheme + "://127.0.0.1:" + port.applyAsInt(node))
        .collect(Collectors.joining(","));
  }

  /** Returns what Redis holds, in bytes. */
  double usedMemory() {
    return sum("memory", Pattern.compile("(?m)^used_memory:(\\d+)"));
  }

  /** Returns how often a command was called. */
  private double calls(String command) {
    return sum("commandstats", Pattern.compile("(?m)^cmdstat_" + command + ":calls=(\\d+)"));
  }

  private double sum(String section, Pattern figure) {
    double sum = 0;
    for (RedisProcess one : redis) {
      try (RedisCli cli = one.cli()) {
        Matcher found = figure.matcher((String) cli.call("INFO", section));
        sum += found.find() ? Double.parseDouble(found.group(1)) : 0;
      }
    }
    return sum;
  }

  @Override
  public void close() {
    for (int index = toClose.size() - 1; index >= 0; index--) {
      try {
        toClose.get(index).close();
      } catch (Exception failure) {
        System.out.println("not closed: " + failure);
      }
    }
  }
}
