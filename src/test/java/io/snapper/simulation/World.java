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
  /** How the publisher's name begins if something was published to a device, not to a room. */
  static final String TO_DEVICE = "to-device-";

  private static final int PARTITIONS = 4;
  private static final long MAX_STOP_MS = 2_000;
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
  private long slowReadsUntilMs;
  private boolean isEnding;

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
            this::answer,
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

  /** The answers to reads of logs can be made to take long. */
  private void answer(Runnable task) {
    String what = "from the store: " + task;
    boolean isSlow = steps.nowMs() < slowReadsUntilMs && task.toString().startsWith("RoomLog.read");
    if (isSlow) {
      steps.later(random.nextInt(2_000), Kind.ANSWER, steps.here(), what + ", slow", task);
    } else {
      steps.add(Kind.ANSWER, steps.here(), what, task);
    }
  }

  void slowReads(long ms) {
    log("reads of logs are slow for " + ms + " ms");
    slowReadsUntilMs = steps.nowMs() + ms;
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

  /** No more faults from now on; what was planned of them does not happen. */
  void end() {
    log("the end: no more faults");
    isEnding = true;
    store.faults().clear();
    slowReadsUntilMs = 0;
  }

  boolean isEnding() {
    return isEnding;
  }

  /** Stops a node that has not been drained. */
  void stop(SimulatedNode node) {
    log("stop " + node.place);
    boolean[] isOver = new boolean[1];
    Runnable end =
        () -> {
          if (!isOver[0] && node.isAlive()) {
            isOver[0] = true;
            kill(node, 0);
          }
        };
    node.stop(end);
    steps.later(MAX_STOP_MS, Kind.TIMER, new Place("server"), "the server ends", end);
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
    List<Payload> payloads = payloads(room, node.place.toString(), count);
    String first = payloads.get(0).toString();
    if (options.heldWhileUnavailable()) {
      heldPublications.put(first, node.place);
    }
    List<String> texts = payloads.stream().map(Payload::toString).toList();
    watch(room, first, node, () -> node.broker.publish(room, texts, options));
    return payloads.get(count - 1);
  }

  /** Publishes to one device's own room. */
  void publishToDevice(SimulatedConsumer consumer, SimulatedNode node) {
    RoomName room = RoomName.ofConsumer(consumer.id());
    Payload payload = payloads(room, TO_DEVICE + messages, 1).get(0);
    consumer.model().membership(room).onJoinCalled(steps.count());
    List<String> texts = List.of(payload.toString());
    watch(
        room,
        texts.get(0),
        node,
        () -> node.broker.publish(consumer.id(), texts, PublishOptions.HELD));
  }

  /** Publishes under a key at one node, and again at another one as if there had been no answer. */
  void publishTwice(RoomName room, SimulatedNode first, SimulatedNode second, long afterMs) {
    String key = "key-" + messages;
    PublishOptions options = PublishOptions.idempotent(key);
    List<String> texts =
        payloads(room, key, 1 + random.nextInt(3)).stream().map(Payload::toString).toList();
    watch(room, texts.get(0), first, () -> first.broker.publish(room, texts, options));
    steps.later(
        afterMs,
        Kind.FRAME,
        second.place,
        "publish again " + texts,
        () -> watch(room, texts.get(0), second, () -> second.broker.publish(room, texts, options)));
  }

  private List<Payload> payloads(RoomName room, String publisher, int count) {
    List<Payload> payloads = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int padding = scenario.longestPadding() == 0 ? 0 : random.nextInt(scenario.longestPadding());
      payloads.add(new Payload(room, publisher, messages++, padding));
    }
    log("publish " + payloads);
    return payloads;
  }

  private interface Publication {
    CompletionStage<Published> start();
  }

  private void watch(RoomName room, String first, SimulatedNode node, Publication publication) {
    steps.at(
        node.place,
        () ->
            publication
                .start()
                .whenComplete(
                    (published, failure) -> {
                      heldPublications.remove(first);
                      if (failure == null) {
                        onPublished(room, first, published);
                      }
                    }));
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
