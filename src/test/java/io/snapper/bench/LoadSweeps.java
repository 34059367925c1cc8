package io.snapper.bench;

import io.snapper.bench.ScalingSystem.Idle;
import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the cost of traffic grows with members, rooms, nodes and Redis masters. */
final class LoadSweeps {
  private static final String TIMES = " --warm-up 5s --duration 10s";

  private final ServerKind kind;
  private final List<String> jvm;
  private final Duration idleTime;

  LoadSweeps(ServerKind kind, List<String> jvm, Duration idleTime) {
    this.kind = kind;
    this.jvm = jvm;
    this.idleTime = idleTime;
  }

  /** Measures these loads one after the other on a new system, and then what it uses when idle. */
  private List<Cost> measure(int nodes, int masters, List<String> loads)
      throws IOException, InterruptedException {
    try (ScalingSystem system = ScalingSystem.start(kind, nodes, masters, jvm, Map.of())) {
      system.warmUp();
      List<Measured> measured = new ArrayList<>();
      for (String load : loads) {
        measured.add(system.measure(load));
      }
      Idle idle = system.idle(idleTime);
      return measured.stream().map(one -> new Cost(idle, one)).toList();
    }
  }

  /**
   * One room. Some rows differ only in how many messages a frame holds, or how many cursors move.
   */
  MeasuredTable members() throws IOException, InterruptedException {
    MeasuredTable table =
        new MeasuredTable(
            "Members of one room: CPU µs, idle time taken off",
            "members",
            "messages/s",
            "deliveries/s",
            "messages per frame",
            "stored together",
            "node, per delivery",
            "Redis, per delivery",
            "node, per message",
            "Redis, per message",
            "p99 ms",
            "flawless");
    List<String> loads = new ArrayList<>();
    int[][] membersAndRates = {
      {1, 200}, {10, 200}, {100, 100}, {1_000, 10}, {10_000, 1}, {10_000, 2}, {200, 5}, {200, 50}
    };
    for (int[] one : membersAndRates) {
      loads.add("--rooms 1 --consumers " + one[0] + " --rate " + one[1] + TIMES);
    }
    for (int members : new int[] {200, 2_000}) {
      loads.add("--rooms 1 --rate 0 --round 400 --consumers " + members + TIMES);
    }
    for (Cost cost : measure(1, ScalingSystem.SINGLE, loads)) {
      Measured measured = cost.measured();
      table.add(
          whole(measured.figure("consumers")),
          measured.messagesPerSecond(),
          measured.deliveriesPerSecond(),
          measured.figure("messagesPerFrame"),
          measured.messagesPerCall(),
          cost.node(measured.deliveriesPerSecond()),
          cost.redis(measured.deliveriesPerSecond()),
          cost.node(measured.messagesPerSecond()),
          cost.redis(measured.messagesPerSecond()),
          measured.figure("latencyP99Ms"),
          said(measured));
    }
    return table;
  }

  /** Rooms that nobody is in, but for the first one; then rooms with one member each. */
  MeasuredTable rooms() throws IOException, InterruptedException {
    MeasuredTable table =
        new MeasuredTable(
            "Rooms: CPU µs per message, idle time taken off; memory of Redis",
            "rooms",
            "with members",
            "messages/s",
            "stored together",
            "node",
            "Redis",
            "Redis grew by KB per room",
            "messages per room",
            "p99 ms",
            "flawless");
    List<Integer> quiet = List.of(1, 10, 100, 1_000, 10_000, 100_000);
    List<Integer> watched = List.of(100, 1_000, 10_000);
    List<String> loads = new ArrayList<>();
    for (int rooms : quiet) {
      // There must be time to write to all of them.
      boolean isLarge = rooms > 10_000;
      String times = isLarge ? " --rate 4000 --warm-up 15s --duration 10s" : " --rate 1000" + TIMES;
      loads.add("--consumers 1 --rooms " + rooms + times);
    }
    watched.forEach(rooms -> loads.add("--rooms 0 --rate 1000 --consumers " + rooms + TIMES));
    List<Cost> costs = measure(1, ScalingSystem.SINGLE, loads);
    for (int index = 0; index < costs.size(); index++) {
      boolean isQuiet = index < quiet.size();
      int rooms = isQuiet ? quiet.get(index) : watched.get(index - quiet.size());
      Cost cost = costs.get(index);
      Measured measured = cost.measured();
      double accepted = measured.figure("accepted");
      table.add(
          whole(rooms),
          whole(isQuiet ? 1 : rooms),
          measured.messagesPerSecond(),
          measured.messagesPerCall(),
          cost.node(measured.messagesPerSecond()),
          cost.redis(measured.messagesPerSecond()),
          measured.redisBytes() / 1024 / rooms,
          accepted / rooms,
          measured.figure("latencyP99Ms"),
          said(measured));
    }
    return table;
  }

  /** Six rooms of twelve members on one node each, then one room whose members are everywhere. */
  MeasuredTable nodes() throws IOException, InterruptedException {
    MeasuredTable table =
        new MeasuredTable(
            "Nodes: 500 messages/s to 12 members each; CPU µs per message, idle time taken off",
            "nodes",
            "rooms",
            "stored together",
            "pushes per message",
            "all nodes",
            "Redis",
            "idle, % of a core: a node",
            "idle: Redis",
            "p99 ms",
            "flawless");
    List<String> loads =
        List.of(
            "--consumers 72 --rooms 6 --rate 500" + TIMES,
            "--consumers 12 --rooms 1 --rate 500" + TIMES);
    for (int nodes = 1; nodes <= 3; nodes++) {
      List<Cost> costs = measure(nodes, ScalingSystem.SINGLE, loads);
      for (int index = 0; index < loads.size(); index++) {
        Cost cost = costs.get(index);
        Measured measured = cost.measured();
        table.add(
            whole(nodes),
            index == 0 ? "six, each on one node" : "one, on all nodes",
            measured.messagesPerCall(),
            measured.pushes(),
            cost.node(measured.messagesPerSecond()),
            cost.redis(measured.messagesPerSecond()),
            cost.idle().nodePercent() / nodes,
            cost.idle().redisPercent(),
            measured.figure("latencyP99Ms"),
            said(measured));
      }
    }
    return table;
  }

  /** One node, and 1 to 3 masters. */
  MeasuredTable masters() throws IOException, InterruptedException {
    MeasuredTable table =
        new MeasuredTable(
            "Redis masters, one node: CPU µs per message, idle time taken off",
            "masters",
            "rooms",
            "messages/s",
            "deliveries/s",
            "node",
            "all of Redis",
            "idle, % of a core: node",
            "idle: a master",
            "p99 ms",
            "flawless");
    List<String> loads =
        List.of(
            "--consumers 1 --rooms 1000 --rate 2000" + TIMES,
            "--consumers 300 --rooms 300 --rate 2000" + TIMES);
    for (int masters = ScalingSystem.SINGLE; masters <= 3; masters++) {
      List<Cost> costs = measure(1, masters, loads);
      for (int index = 0; index < loads.size(); index++) {
        Cost cost = costs.get(index);
        Measured measured = cost.measured();
        table.add(
            masters == ScalingSystem.SINGLE ? "single" : "cluster of " + masters,
            index == 0 ? "1,000 without members" : "300 of one member",
            measured.messagesPerSecond(),
            measured.deliveriesPerSecond(),
            cost.node(measured.messagesPerSecond()),
            cost.redis(measured.messagesPerSecond()),
            cost.idle().nodePercent(),
            cost.idle().redisPercent() / Math.max(1, masters),
            measured.figure("latencyP99Ms"),
            said(measured));
      }
    }
    return table;
  }

  private static String whole(double number) {
    return String.format("%,.0f", number);
  }

  private static String said(Measured measured) {
    return measured.isFlawless() ? "yes" : "**no**";
  }

  /** CPU above idle, shared among what was done. */
  private record Cost(Idle idle, Measured measured) {
    private static final double US_PER_PERCENT = 10_000;

    double node(double perSecond) {
      return (measured.nodePercent() - idle.nodePercent()) * US_PER_PERCENT / perSecond;
    }

    double redis(double perSecond) {
      return (measured.redisPercent() - idle.redisPercent()) * US_PER_PERCENT / perSecond;
    }
  }
}
