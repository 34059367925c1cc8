package io.snapper.simulation;

import io.snapper.core.PublishOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Published;
import io.snapper.simulation.Place.Kind;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Everything that a run is about: the store, the nodes, the devices, and what is done to them. */
final class World {
  private static final int PARTITIONS = 4;
  private static final int MAX_STEPS_WITHOUT_TIME = 20_000;

  final Steps steps;
  final Scenario scenario;
  final History history;
  final PresenceModel presence;
  final InMemoryStore store;
  final List<SimulatedNode> nodes = new ArrayList<>();
  final List<SimulatedConsumer> consumers = new ArrayList<>();
  final List<RoomName> rooms = new ArrayList<>();
  private final SplittableRandom random;
  private final Trace trace;
  private final Map<NodeId, Place> places = new HashMap<>();
  private final Map<String, Place> busyPairs = new HashMap<>();
  private final Map<String, Place> heldPublications = new HashMap<>();
  private int nodesMade;
  private int messages;

  World(SplittableRandom random, Scenario scenario, Trace trace) {
    this.random = random;
    this.scenario = scenario;
    this.trace = trace;
    steps = new Steps(random, trace);
    presence = new PresenceModel(scenario.faults());
    history = new History(steps::count, scenario.faults().losesHistory(), presence);
    InMemoryStore.Settings defaults = InMemoryStore.Settings.defaults();
    store =
        new InMemoryStore(
            steps::nowMs,
            task -> steps.add(Kind.REQUEST, steps.here(), "to the store: " + task, task),
            task -> steps.add(Kind.ANSWER, steps.here(), "from the store: " + task, task),
            node -> task -> steps.add(Kind.PUSH, places.get(node), task, task),
            history,
            new InMemoryStore.Settings(
                PARTITIONS,
                scenario.logMessages(),
                defaults.logLife(),
                defaults.mailboxLife(),
                defaults.roomLife(),
                defaults.idempotencyLife()));
    for (int index = 0; index < scenario.rooms(); index++) {
      rooms.add(new RoomName("room" + index));
    }
    for (int index = 0; index < scenario.nodes(); index++) {
      addNode();
    }
    for (int index = 0; index < scenario.consumers(); index++) {
      addConsumer("c" + index, "u" + index / 2);
    }
  }

  private void addConsumer(String name, String user) {
    SimulatedConsumer[] made = new SimulatedConsumer[1];
    ConsumerModel model =
        new ConsumerModel(
            new UserId(user),
            new ConsumerId(name),
            history,
            scenario,
            steps::count,
            () -> made[0].connection());
    made[0] = new SimulatedConsumer(name, user, steps, model);
    consumers.add(made[0]);
    history.watch(made[0].id(), model);
  }

  void addNode() {
    NodeId id = new NodeId("n" + nodesMade++);
    Place place = new Place(id.value());
    places.put(id, place);
    nodes.add(new SimulatedNode(id, place, steps, random, store, scenario, presence));
    log(id + " starts");
  }

  void log(String what) {
    trace.add(() -> steps.nowMs() - Steps.START_MS + " ms  ** " + what);
  }

  /** Lets things happen for some steps; the clock moves on the way. */
  void runSteps(int count) {
    for (int done = 0; done < count; done++) {
      if (random.nextInt(scenario.stepsPerMove()) == 0) {
        steps.moveClock(1 + random.nextInt(scenario.moveMs()));
      }
      if (!steps.runOne()) {
        steps.moveClockToNext();
      }
    }
  }

  /** Lets time pass, and everything happen that is due on the way. */
  void run(long ms) {
    long until = steps.nowMs() + ms;
    do {
      settle();
      steps.moveClockToNext();
    } while (steps.nowMs() < until);
    settle();
  }

  /** Lets everything happen that can without time passing. */
  void settle() {
    for (int done = 0; steps.runOne(); done++) {
      ConsumerModel.require(done < MAX_STEPS_WITHOUT_TIME, "it does not come to rest");
    }
  }

  /** Returns one of the nodes that satisfy {@code wanted}, or null. */
  SimulatedNode anyNode(Predicate<SimulatedNode> wanted) {
    List<SimulatedNode> candidates = nodes.stream().filter(wanted).toList();
    return candidates.isEmpty() ? null : candidates.get(random.nextInt(candidates.size()));
  }

  /** Ends a node as kill -9 does: nothing is written, nobody is told. */
  void kill(SimulatedNode node, long noticedAfterMs) {
    log("kill " + node.place);
    node.place.die();
    nodes.remove(node);
    Place network = new Place("network");
    steps.later(
        noticedAfterMs,
        Kind.TIMER,
        network,
        node.place + " is gone",
        () -> store.disconnect(node.id()));
    for (SimulatedConsumer consumer : consumers) {
      SimulatedConnection connection = consumer.connection();
      if (connection != null && connection.node == node) {
        connection.onNodeDied(random.nextInt(3));
      }
    }
  }

  Payload publish(RoomName room, SimulatedNode node, PublishOptions options, int count) {
    List<String> texts = new ArrayList<>();
    Payload payload = null;
    for (int index = 0; index < count; index++) {
      payload = new Payload(room, node.place.toString(), messages++);
      texts.add(payload.toString());
    }
    log("publish " + texts);
    String first = texts.get(0);
    if (options.heldWhileUnavailable()) {
      heldPublications.put(first, node.place);
    }
    steps.at(
        node.place,
        () ->
            node.broker
                .publish(room, texts, options)
                .whenComplete(
                    (published, failure) -> {
                      heldPublications.remove(first);
                      if (failure == null) {
                        onPublished(room, first, published);
                      }
                    }));
    return payload;
  }

  private void onPublished(RoomName room, String first, Published published) {
    boolean isTrue =
        scenario.faults().losesHistory()
            ? history.hasStored(room, first)
            : history.count(room) >= published.lastOffset()
                && history.at(room, published.firstOffset()).payload().equals(first);
    ConsumerModel.require(isTrue, first + " was not stored as " + published);
  }

  /** Puts the consumer into the room unless a change of this pair is under way. */
  void join(SimulatedConsumer consumer, RoomName room, SimulatedNode node) {
    if (isBusy(consumer, room)) {
      return;
    }
    log("join " + consumer + " " + room + " at " + node.place);
    Membership membership = consumer.model().membership(room);
    membership.onJoinCalled(steps.count());
    changeRooms(
        consumer,
        room,
        node,
        () -> node.broker.join(room, consumer.id()),
        () -> membership.onJoined(steps.count()));
  }

  /** Takes the consumer out of the room unless a change of this pair is under way. */
  void leave(SimulatedConsumer consumer, RoomName room, SimulatedNode node) {
    if (isBusy(consumer, room)) {
      return;
    }
    log("leave " + consumer + " " + room + " at " + node.place);
    Membership membership = consumer.model().membership(room);
    membership.onLeaveCalled(steps.count(), consumer.isOpen() ? consumer.connection() : null);
    changeRooms(
        consumer, room, node, () -> node.broker.leave(room, consumer.id()), membership::onLeft);
  }

  private boolean isBusy(SimulatedConsumer consumer, RoomName room) {
    Place busyAt = busyPairs.get(consumer + " " + room);
    return busyAt != null && !busyAt.isDead();
  }

  private interface Call {
    CompletionStage<Boolean> start();
  }

  private void changeRooms(
      SimulatedConsumer consumer, RoomName room, SimulatedNode node, Call call, Runnable onDone) {
    String pair = consumer + " " + room;
    busyPairs.put(pair, node.place);
    steps.at(
        node.place,
        () ->
            call.start()
                .whenComplete(
                    (changed, failure) -> {
                      busyPairs.remove(pair);
                      log(pair + ": " + (failure == null ? changed : "failed"));
                      if (failure == null) {
                        onDone.run();
                      } else {
                        consumer.model().membership(room).onUncertain();
                      }
                    }));
  }

  /** Returns the publications whose nodes live and have not said what became of them. */
  List<String> openPublications() {
    return heldPublications.entrySet().stream()
        .filter(entry -> !entry.getValue().isDead())
        .map(Map.Entry::getKey)
        .toList();
  }
}
