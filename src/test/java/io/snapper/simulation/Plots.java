package io.snapper.simulation;

import io.snapper.core.PublishOptions;
import io.snapper.core.message.RoomName;
import io.snapper.simulation.Place.Kind;
import io.snapper.testing.store.StoreFaults.Moment;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Faults that follow each other as they seldom would by chance: each is the history that some part
 * of the engine is there for.
 */
final class Plots {
  private static final List<String> WRITES =
      List.of(
          "Mailboxes.save",
          "Mailboxes.save",
          "Mailboxes.enter",
          "Mailboxes.release",
          "Mailboxes.handOver",
          "Mailboxes.settle",
          "RoomLog.watch",
          "RoomLog.watch",
          "RoomLog.publish",
          "UserDirectory.enter",
          "UserDirectory.leave",
          "NodeRegistry.beat");

  private final World world;
  private final SplittableRandom random;

  Plots(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  /** A device moves while the node that it leaves stands still, or gets through to nobody. */
  void moveFromAStalledNode(SimulatedConsumer consumer) {
    SimulatedConnection connection = consumer.connection();
    SimulatedNode next = world.anyNode(SimulatedNode::isServing);
    if (connection == null || next == null || !connection.node.isAlive()) {
      return;
    }
    SimulatedNode old = connection.node;
    long ms = 200 + random.nextInt(3_000);
    long until = world.steps.nowMs() + ms;
    int how = random.nextInt(3);
    world.log(old.place + " stalls for " + ms + " ms, and " + consumer + " goes to " + next.place);
    if (how == 0) {
      old.place.stallAll(until);
    } else {
      old.place.stall(how == 1 ? Kind.REQUEST : Kind.PUSH, until);
    }
    world.runSteps(random.nextInt(30));
    if (consumer.connection() != null) {
      consumer.cut(false, random.nextInt(3));
    }
    if (next.isServing()) {
      consumer.connect(next);
    }
    world.runSteps(random.nextInt(60));
    publishIn(consumer);
    if (random.nextInt(3) == 0 && next != old) {
      long killedAfterMs = random.nextInt(2 * (int) ms);
      world.steps.later(
          killedAfterMs,
          Kind.TIMER,
          new Place("fate"),
          "kill " + next.place,
          () -> {
            if (next.isAlive() && !world.isEnding()) {
              world.kill(next, random.nextInt(1_000));
            }
          });
    }
  }

  /** The last acknowledgements of a device never come, and its node dies. */
  void loseAcknowledgementsThenKill(SimulatedConsumer consumer) {
    SimulatedConnection connection = consumer.connection();
    if (connection != null && connection.node.isAlive()) {
      publishIn(consumer);
      world.runSteps(random.nextInt(40));
      connection.loseFramesToNode(1 + random.nextInt(2));
      world.runSteps(random.nextInt(20));
      if (connection.node.isAlive()) {
        world.kill(connection.node, random.nextInt(1_000));
      }
    }
  }

  /** Logs answer slowly while members of their rooms come, go and move. */
  void moveDuringSlowReads(SimulatedConsumer consumer) {
    world.slowReads(1_000 + random.nextInt(3_000));
    for (int count = 0; count < 4; count++) {
      publishIn(consumer);
    }
    world.runSteps(random.nextInt(60));
    SimulatedNode next = world.anyNode(SimulatedNode::isServing);
    if (next != null) {
      if (consumer.connection() != null) {
        consumer.cut(random.nextBoolean(), random.nextInt(2));
      }
      consumer.connect(next);
    }
  }

  /** One push is lost, and then all is quiet. */
  void loseAPushIntoSilence(SimulatedConsumer consumer) {
    SimulatedConnection connection = consumer.connection();
    if (connection == null || !connection.node.isAlive()) {
      return;
    }
    if (random.nextBoolean()) {
      world.log("the next push to " + connection.node.place + " is lost, then silence");
      world.store.faults().dropNextPush(connection.node.id());
      publishIn(consumer);
    } else {
      world.log(connection.node.place + " has no subscriptions, then silence");
      world.store.disconnect(connection.node.id());
      publishIn(consumer);
      world.runSteps(20);
      if (connection.node.isAlive()) {
        world.store.reconnect(connection.node.id());
      }
    }
    world.run(500 + random.nextInt(3_000));
  }

  /** A device leaves a room and comes back, and pushes of that are lost. */
  void leaveAndReturn(SimulatedConsumer consumer) {
    SimulatedConnection connection = consumer.connection();
    SimulatedNode caller = world.anyNode(SimulatedNode::isAlive);
    if (connection == null || caller == null) {
      return;
    }
    RoomName room = anyRoom();
    for (int lost = random.nextInt(3); lost > 0; lost--) {
      world.store.faults().dropNextPush(connection.node.id());
    }
    world.leave(consumer, room, caller);
    world.runSteps(random.nextInt(40));
    publish(room);
    if (caller.isAlive()) {
      world.join(consumer, room, caller);
    }
    world.runSteps(random.nextInt(40));
    publish(room);
  }

  /** A write of a certain kind fails. */
  void failAWrite() {
    Moment[] moments = Moment.values();
    int count = world.scenario.hasLateCalls() ? moments.length : moments.length - 1;
    Moment moment = moments[random.nextInt(count)];
    String operation = WRITES.get(random.nextInt(WRITES.size()));
    world.log("the next " + operation + " fails " + moment);
    world.store.faults().failNextCall(moment, operation);
  }

  /** A room gets more in a moment than memory keeps, or than its log does. */
  void burst() {
    RoomName room = anyRoom();
    int calls = 5 + random.nextInt(20);
    world.log("a burst of " + calls + " publications to " + room);
    for (int call = 0; call < calls; call++) {
      publish(room);
    }
  }

  private void publishIn(SimulatedConsumer consumer) {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (random.nextInt(4) == 0 && node != null) {
      world.publishToDevice(consumer, node);
    } else {
      publish(random.nextInt(3) == 0 ? RoomName.ofUser(consumer.identity.user()) : anyRoom());
    }
  }

  private void publish(RoomName room) {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.publish(room, node, PublishOptions.HELD, 1 + random.nextInt(3));
    }
  }

  private RoomName anyRoom() {
    return world.rooms.get(random.nextInt(world.rooms.size()));
  }
}
