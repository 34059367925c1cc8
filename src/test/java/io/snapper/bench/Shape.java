package io.snapper.bench;

import io.snapper.testing.server.ServerKind;
import java.util.List;
import java.util.Map;

/** One load, and which of the load tool's figures are shown of it, with their targets. */
enum Shape {
  STEADY_20(
      "200 consumers, 1 room, 20 messages/s",
      "--consumers 200 --rooms 1 --rate 20 --warm-up 30s --duration 30s",
      figure("cpuUsPerDelivery", "CPU µs per delivery", "≤", 25, 55),
      figure("latencyP99Ms", "p99 ms", "≤", 8, 12)),
  STEADY_100(
      "200 consumers, 1 room, 100 messages/s",
      "--consumers 200 --rooms 1 --rate 100 --warm-up 10s --duration 20s",
      figure("cpuUsPerDelivery", "CPU µs per delivery", "≤", 20, 50),
      figure("latencyP99Ms", "p99 ms", "≤", 8, 15)),
  ROUNDS_200(
      "200 consumers, 1 room, closed loop of 400",
      "--consumers 200 --rooms 1 --rate 0 --round 400 --warm-up 10s --duration 10s",
      figure("cpuUsPerDelivery", "CPU µs per delivery", "≤", 2.5, 4),
      figure("deliveriesPerSecond", "deliveries/s", "≥", 350_000, 250_000)),
  ROUNDS_2000(
      "2,000 consumers, 1 room, closed loop of 400",
      "--consumers 2000 --rooms 1 --rate 0 --round 400 --warm-up 10s --duration 10s",
      figure("cpuUsPerDelivery", "CPU µs per delivery", "≤", 2.5, 5),
      figure("deliveriesPerSecond", "deliveries/s", "≥", 300_000, 200_000)),
  ROUNDS_OWN_ROOMS(
      "2,000 consumers, each in its own room, closed loop of 40,000 (20 each)",
      "--consumers 2000 --rooms 0 --rate 0 --round 40000 --warm-up 10s --duration 10s",
      figure("cpuUsPerDelivery", "CPU µs per delivery", "≤", 10, 14),
      figure("deliveriesPerSecond", "deliveries/s", "≥", 80_000, 60_000)),
  ROUNDS_OWN_ROOMS_SHORT(
      "the same, closed loop of 4,000 (2 each)",
      "--consumers 2000 --rooms 0 --rate 0 --round 4000 --warm-up 10s --duration 10s",
      figure("cpuUsPerDelivery", "CPU µs per delivery"),
      figure("deliveriesPerSecond", "deliveries/s")),
  CONNECT_8000(
      "8,000 consumers connect",
      "--consumers 8000 --rooms 0 --connect-rate 100000 --rate 0.001 --warm-up 0s --duration 1s",
      figure("connectionsPerSecond", "per second", "≥", 1_500, 800),
      figure("cpuMsPerConnection", "CPU ms each", "≤", 1.0, 2.5)),
  IDLE_10000(
      "10,000 idle consumers, each in its own room",
      "--consumers 10000 --rooms 0 --connect-rate 1000 --rate 0.001 --warm-up 20s --duration 30s",
      figure("residentKibPerConnection", "KB RSS each", "≤", 10, 14),
      figure("cpuPercent", "CPU, % of one core", "≤", 3, 5)),
  KILLED_5000(
      "5,000 reconnect after their node was killed",
      "--consumers 5000 --rooms 0 --connect-rate 1000 --rate 50 --warm-up 5s --duration 30s",
      figure("secondsUntilAllWereBack", "seconds until all are live again", "≤", 8, 12));

  private final String title;
  private final List<String> options;
  private final List<Figure> figures;

  Shape(String title, String options, Figure... figures) {
    this.title = title;
    this.options = List.of(options.split(" "));
    this.figures = List.of(figures);
  }

  String title() {
    return title;
  }

  List<String> options() {
    return options;
  }

  List<Figure> figures() {
    return figures;
  }

  /** Whether a second node takes over from the first one, which is killed on the way. */
  boolean isWithKill() {
    return this == KILLED_5000;
  }

  /** Whether the server must be new: its memory is compared with that before the connections. */
  boolean isOnNewServer() {
    return this == IDLE_10000 || isWithKill();
  }

  private static Figure figure(
      String name, String label, String relation, double wildFly, double payara) {
    return new Figure(
        name,
        label,
        relation,
        Map.of(ServerKind.WILDFLY, wildFly, ServerKind.PAYARA_MICRO, payara));
  }

  /** A figure without a target. */
  private static Figure figure(String name, String label) {
    return new Figure(name, label, "", Map.of());
  }

  /**
   * A number of the load tool's report.
   *
   * @param name its name there
   * @param relation how it should be to its target
   * @param targets empty if there is none
   */
  record Figure(String name, String label, String relation, Map<ServerKind, Double> targets) {
    boolean isReached(ServerKind kind, double value) {
      if (targets.isEmpty()) {
        return true;
      }
      return relation.equals("≤") ? value <= targets.get(kind) : value >= targets.get(kind);
    }
  }
}
