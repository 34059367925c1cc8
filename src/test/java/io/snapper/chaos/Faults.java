package io.snapper.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults that every kind of Redis has. */
final class Faults {
  private static final Duration LONGER_THAN_LEASE = Duration.ofSeconds(10);
  private static final Duration SHORTER_THAN_LEASE = Duration.ofSeconds(3);
  private static final Duration LEASE_END_SEEN = Duration.ofSeconds(8);
  private static final Duration CALM = Duration.ofSeconds(4);
  private static final Duration CLOCK_OFFSET = Duration.ofHours(2);
  private static final Duration MOMENT = Duration.ofMillis(700);

  static final Fault NONE =
      Fault.withoutRepetition("none", 1, (world, time) -> world.pause(Duration.ofSeconds(8)));

  static final Fault NODE_KILL =
      Fault.withRepetition(
          "node kill -9, restart",
          2,
          (world, time) -> {
            Node victim = world.oneOfNodes();
            victim.kill();
            world.pause(LEASE_END_SEEN);
            victim.start();
            world.pause(CALM);
          });

  static final Fault NODE_PAUSE =
      Fault.withRepetition("node SIGSTOP 10 s", 3, (world, time) -> pauseNode(world, time));

  static final Fault REDIS_CUT =
      Fault.withRepetition(
          "node-Redis cut",
          8,
          (world, time) -> {
            world.redis().cut(world.random().nextInt(World.NODES));
            world.pause(MOMENT.plusMillis(world.random().nextInt(1_000)));
          });

  static final Fault REDIS_STALL =
      Fault.withRepetition(
          "node-Redis silent 3 s / 10 s",
          2,
          (world, time) -> {
            world.redis().stall(world.random().nextInt(World.NODES));
            try {
              world.pause(time % 2 == 0 ? SHORTER_THAN_LEASE : LONGER_THAN_LEASE);
            } finally {
              world.redis().resume();
            }
            world.pause(CALM);
          });

  static final Fault CLIENT_CUT =
      Fault.withoutRepetition(
          "clients cut",
          12,
          (world, time) -> {
            world.balancers().cut(0.4);
            if (time % 4 == 3) {
              world.balancers().cutProducers();
            }
            world.pause(MOMENT.plusMillis(world.random().nextInt(600)));
          });

  static final Fault CLIENT_STALL =
      Fault.withoutRepetition(
          "clients silent 6 s",
          2,
          (world, time) -> {
            world.balancers().stall(0.4);
            world.pause(Duration.ofSeconds(6));
            world.balancers().resume();
            world.pause(CALM);
          });

  static final Fault ROLLING_RESTART =
      Fault.withoutRepetition(
          "rolling restart",
          1,
          (world, time) -> {
            for (Node node : world.nodes()) {
              node.stop();
              node.start();
              world.pause(CALM);
            }
          });

  static final Fault STORM =
      Fault.withRepetition(
          "kill of the fullest node",
          2,
          (world, time) -> {
            Node victim = world.fullestNode();
            victim.kill();
            world.balancers().cut(1);
            world.pause(LEASE_END_SEEN);
            victim.start();
            world.pause(CALM);
          });

  /** Each node's clock goes forward, is right again, goes back, and is right again. */
  static final Fault CLOCK_JUMP =
      Fault.withoutRepetition(
          "clock of a node +2 h, -2 h",
          World.NODES,
          (world, time) -> {
            Node node = world.nodes().get(time);
            for (Duration offset : List.of(CLOCK_OFFSET, CLOCK_OFFSET.negated())) {
              jump(world, node, offset);
              jump(world, node, Duration.ZERO);
            }
          });

  /** One fault after the other, each at another node: as much as a build has time for. */
  static final Fault SHORT_SERIES =
      Fault.withRepetition(
          "kill, SIGSTOP 10 s, Redis kill",
          1,
          (world, time) -> {
            int first = world.random().nextInt(World.NODES);
            world.nodes().get(first).kill();
            world.pause(LEASE_END_SEEN);
            pauseNode(world, first + 1);
            world.redis().faults().get(0).happening().happen(world, 0);
          });

  /** The same for what a strict mailbox is worth, without Redis' part: that is in the other one. */
  static final Fault SHORT_STRICT_SERIES =
      Fault.withRepetition(
          "kill, SIGSTOP 10 s",
          1,
          (world, time) -> {
            int first = world.random().nextInt(World.NODES);
            world.nodes().get(first).kill();
            world.pause(LEASE_END_SEEN);
            pauseNode(world, first + 1);
          });

  private Faults() {}

  private static void jump(World world, Node node, Duration offset) {
    node.moveClock(offset);
    // So that some come to the node, and show it their tokens, while its clock is wrong.
    world.balancers().cut(0.2);
    world.pause(CALM);
  }

  /** Each in turn: they differ in how soon their devices notice. */
  private static void pauseNode(World world, int index) {
    Node victim = world.nodes().get(index % World.NODES);
    victim.pause();
    try {
      world.pause(LONGER_THAN_LEASE);
    } finally {
      victim.resume();
    }
    world.pause(CALM);
  }

  static List<Fault> ofAllKinds() {
    List<Fault> faults =
        new ArrayList<>(
            List.of(
                NONE,
                NODE_KILL,
                NODE_PAUSE,
                REDIS_CUT,
                REDIS_STALL,
                CLIENT_CUT,
                CLIENT_STALL,
                ROLLING_RESTART,
                STORM));
    if (NodeLibrary.isThere()) {
      faults.add(CLOCK_JUMP);
    }
    return faults;
  }
}
