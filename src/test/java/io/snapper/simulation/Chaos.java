package io.snapper.simulation;

import io.snapper.core.PublishOptions;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.simulation.Place.Kind;
import io.snapper.testing.store.StoreFaults.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What is done to a world from outside: the work of back ends and devices, and faults. */
final class Chaos {
  private static final int MAX_NODES = 4;
  private static final int WEIGHT_OF_FAULTS = 3;

  private final World world;
  private final SplittableRandom random;
  private final Plots plots;
  private final List<Runnable> choices = new ArrayList<>();

  Chaos(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
    plots = new Plots(world, random);
    offer(24, this::publish);
    offer(3, this::publishToDevice);
    offer(2, this::publishTwice);
    offer(1, plots::burst);
    offer(2, this::jumpClock);
    offer(1, () -> plots.moveDuringSlowReads(anyConsumer()));
    offer(7, this::join);
    offer(5, this::leave);
    offer(14, this::connect);
    offer(4, this::cut);
    offer(4, this::moveDevice);
    offer(3, this::changeReading);
    offer(2, this::rejectNext);
    offer(2, this::stallDevice);
    offer(1, this::closeByOperator);
    if (world.scenario.faults() != Scenario.Faults.CLIENTS) {
      offer(WEIGHT_OF_FAULTS, this::losePush);
      offer(WEIGHT_OF_FAULTS, this::repeatPush);
      offer(WEIGHT_OF_FAULTS, this::failCall);
      offer(2, this::stallNode);
      offer(1, this::stallNodeBeyondItsLease);
      offer(2, this::killNode);
      offer(3, this::addNode);
      offer(1, this::drainNode);
      offer(1, this::stopNode);
      offer(3, () -> plots.moveFromAStalledNode(anyConsumer()));
      offer(2, () -> plots.loseAcknowledgementsThenKill(anyConsumer()));
      offer(2, () -> plots.loseAPushIntoSilence(anyConsumer()));
      offer(2, () -> plots.leaveAndReturn(anyConsumer()));
      offer(3, plots::failAWrite);
      offer(2, this::cutFromStore);
      offer(1, this::takeStoreAway);
    }
    if (world.scenario.faults().losesHistory()) {
      offer(2, this::rewind);
    }
    if (world.scenario.faults() == Scenario.Faults.WIPES) {
      offer(1, this::wipe);
    }
  }

  private void offer(int weight, Runnable action) {
    for (int count = 0; count < weight; count++) {
      choices.add(action);
    }
  }

  /** Does something. */
  void act() {
    choices.get(random.nextInt(choices.size())).run();
  }

  private SimulatedConsumer anyConsumer() {
    return world.consumers.get(random.nextInt(world.consumers.size()));
  }

  private RoomName anyRoom() {
    return world.rooms.get(random.nextInt(world.rooms.size()));
  }

  private void publish() {
    RoomName room =
        switch (random.nextInt(8)) {
          case 0 -> RoomName.ofUser(new UserId("u0"));
          case 1 -> RoomName.EVERYONE;
          default -> anyRoom();
        };
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      PublishOptions options =
          random.nextInt(3) == 0 ? PublishOptions.REFUSED_WHILE_UNAVAILABLE : PublishOptions.HELD;
      world.publish(room, node, options, 1 + random.nextInt(3));
    }
  }

  private void publishToDevice() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.publishToDevice(anyConsumer(), node);
    }
  }

  /** A back end has no answer yet and asks again, at any node. */
  private void publishTwice() {
    SimulatedNode first = world.anyNode(SimulatedNode::isAlive);
    SimulatedNode second = world.anyNode(SimulatedNode::isAlive);
    if (first != null) {
      world.publishTwice(anyRoom(), first, second, random.nextInt(2_000));
    }
  }

  private void jumpClock() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      // Sometimes so far that tokens run out there; what is done about that is undone at the end.
      int hours = random.nextInt(6) == 0 ? 48 : random.nextInt(-15, 15);
      world.log("the clock of " + node.place + " is " + hours + " h ahead");
      node.setClockAhead(hours * 3_600_000L);
    }
  }

  private void stopNode() {
    SimulatedNode node = world.anyNode(SimulatedNode::isServing);
    if (node != null) {
      world.stop(node);
    }
  }

  private void join() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.join(anyConsumer(), anyRoom(), node);
    }
  }

  private void leave() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.leave(anyConsumer(), anyRoom(), node);
    }
  }

  private void connect() {
    SimulatedConsumer consumer = anyConsumer();
    SimulatedNode node = world.anyNode(SimulatedNode::isServing);
    if (consumer.connection() == null && node != null) {
      world.log(consumer + " connects to " + node.place);
      consumer.connect(node);
    }
  }

  private void cut() {
    cut(anyConsumer());
  }

  private boolean cut(SimulatedConsumer consumer) {
    if (consumer.connection() == null) {
      return false;
    }
    boolean isNoticed = random.nextInt(3) > 0;
    world.log(consumer + " is cut off" + (isNoticed ? "" : ", and its node doesn't notice"));
    consumer.cut(isNoticed, random.nextInt(3));
    return true;
  }

  /** A device changes its network and is back at once, at any node. */
  private void moveDevice() {
    SimulatedConsumer consumer = anyConsumer();
    SimulatedNode node = world.anyNode(SimulatedNode::isServing);
    if (node != null && cut(consumer)) {
      world.log(consumer + " connects to " + node.place);
      consumer.connect(node);
    }
  }

  private void changeReading() {
    SimulatedConsumer consumer = anyConsumer();
    if (random.nextBoolean()) {
      world.log(consumer + " stops reading");
      consumer.stopReading();
    } else {
      world.log(consumer + " reads");
      consumer.readAgain();
    }
  }

  private void rejectNext() {
    anyConsumer().rejectNext();
  }

  private void stallDevice() {
    SimulatedConsumer consumer = anyConsumer();
    int ms = random.nextInt(5_000);
    world.log(consumer + " stands still for " + ms + " ms");
    consumer.place.stallAll(world.steps.nowMs() + ms);
  }

  private void closeByOperator() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      SimulatedConsumer consumer = anyConsumer();
      world.log("close " + consumer);
      world.steps.at(node.place, () -> node.broker.close(consumer.id()));
    }
  }

  private void losePush() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.log("the next push to " + node.place + " is lost");
      world.store.faults().dropNextPush(node.id());
    }
  }

  private void repeatPush() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.log("the next push to " + node.place + " is repeated");
      world.store.faults().repeatNextPush(node.id());
    }
  }

  private void failCall() {
    Moment[] moments = Moment.values();
    int count = world.scenario.hasLateCalls() ? moments.length : moments.length - 1;
    Moment moment = moments[random.nextInt(count)];
    world.log("the next call fails " + moment);
    world.store.faults().failNextCall(moment);
  }

  private void stallNode() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node == null) {
      return;
    }
    int ms = random.nextInt(random.nextInt(4) == 0 ? 10_000 : 1_500);
    long until = world.steps.nowMs() + ms;
    if (random.nextBoolean()) {
      world.log(node.place + " stands still for " + ms + " ms");
      node.place.stallAll(until);
    } else {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      world.log(node.place + ": " + kind + " stalls for " + ms + " ms");
      node.place.stall(kind, until);
    }
  }

  /** The others take its devices meanwhile, and there is something to send when it wakes. */
  private void stallNodeBeyondItsLease() {
    SimulatedNode node = world.anyNode(SimulatedNode::isServing);
    if (node == null) {
      return;
    }
    int ms = 6_000 + random.nextInt(2_000);
    world.log(node.place + " stands still for " + ms + " ms");
    node.place.stallAll(world.steps.nowMs() + ms);
    world.run(5_000 + random.nextInt(1_000));
    for (SimulatedConsumer consumer : world.consumers) {
      SimulatedNode other = world.anyNode(any -> any.isServing() && any != node);
      boolean isMoving =
          consumer.connection() != null
              && consumer.connection().node == node
              && random.nextInt(3) > 0;
      if (isMoving && other != null && cut(consumer)) {
        world.log(consumer + " connects to " + other.place);
        consumer.connect(other);
      }
      publish();
    }
  }

  private void killNode() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node != null) {
      world.kill(node, random.nextBoolean() ? 0 : random.nextInt(3_000));
    }
  }

  private void addNode() {
    if (world.nodes.size() < MAX_NODES) {
      world.addNode();
    }
  }

  private void drainNode() {
    SimulatedNode node = world.anyNode(SimulatedNode::isServing);
    if (node != null) {
      world.log("drain " + node.place);
      node.drain();
    }
  }

  private void cutFromStore() {
    SimulatedNode node = world.anyNode(SimulatedNode::isAlive);
    if (node == null) {
      return;
    }
    int ms = random.nextInt(3_000);
    world.log(node.place + " has no subscriptions for " + ms + " ms");
    world.store.disconnect(node.id());
    world.steps.later(
        ms,
        Kind.TIMER,
        node.place,
        "subscriptions are back",
        () -> world.store.reconnect(node.id()));
  }

  private void takeStoreAway() {
    int ms = random.nextInt(random.nextBoolean() ? 300 : 8_000);
    world.log("the store is away for " + ms + " ms");
    world.store.faults().setAway(true);
    world.steps.later(
        ms,
        Kind.TIMER,
        new Place("store"),
        "the store is back",
        () -> world.store.faults().setAway(false));
  }

  private void rewind() {
    RoomName room = anyRoom();
    int count = 1 + random.nextInt(4);
    world.log("the store loses the last " + count + " messages of " + room);
    world.store.rewind(room, count);
    // What takes the place of the lost messages comes later than they did.
    world.steps.moveClock(1);
  }

  private void wipe() {
    world.log("the store loses everything");
    world.store.wipe();
    world.consumers.forEach(consumer -> consumer.model().onWiped());
  }
}
