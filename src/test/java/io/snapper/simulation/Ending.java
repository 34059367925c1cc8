package io.snapper.simulation;

import static io.snapper.simulation.ConsumerModel.require;

import io.snapper.core.PublishOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.NodeRegistry.LiveNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The end of a run: no more faults, everybody connects, time passes; then all must be in order. */
final class Ending {
  private static final long ROUND_MS = 1_000;

  /** Longer than a lease, a silent connection, two acknowledgement timeouts and a handover. */
  private static final int ROUNDS_TO_SETTLE = 16;

  /** Longer than a position is in a note only. */
  private static final int ROUNDS_TO_SAVE = 21;

  private final World world;
  private final SplittableRandom random;
  private final MemoryBounds memory;
  private final Place observer = new Place("observer");

  Ending(World world, SplittableRandom random, MemoryBounds memory) {
    this.world = world;
    this.memory = memory;
    this.random = random;
  }

  void run() {
    world.end();
    for (SimulatedNode node : List.copyOf(world.nodes)) {
      node.place.resume();
      node.setClockAhead(0);
      world.store.reconnect(node.id());
      if (!node.isServing()) {
        world.kill(node, 0);
      }
    }
    if (world.nodes.isEmpty()) {
      world.addNode();
    }
    for (SimulatedConsumer consumer : world.consumers) {
      consumer.place.resume();
      consumer.readAgain();
    }
    rounds(ROUNDS_TO_SETTLE + ROUNDS_TO_SAVE);
    if (world.scenario.faults().losesHistory()) {
      for (SimulatedConsumer consumer : world.consumers) {
        world.rooms.forEach(room -> world.join(consumer, room, world.anyNode(node -> true)));
      }
      rounds(2);
    }
    checkRepeatedWrites();
    List<Payload> last = publishToAll();
    rounds(ROUNDS_TO_SAVE);
    check(last);
    disconnectAll();
  }

  /** What could not be written while something was wrong is written now, without any occasion. */
  private void checkRepeatedWrites() {
    if (!world.scenario.faults().losesHistory()) {
      world.settle();
      for (SimulatedConsumer consumer : world.consumers) {
        require(consumer.isOpen(), consumer + " could not connect");
        checkMailbox(consumer);
      }
    }
  }

  /** All devices go, and sometimes their node with them: nothing may be left of them. */
  private void disconnectAll() {
    if (world.scenario.faults().losesHistory()) {
      return;
    }
    boolean isLost = world.nodes.size() > 1 && random.nextBoolean();
    for (SimulatedConsumer consumer : world.consumers) {
      consumer.cut(!isLost || random.nextBoolean(), 0);
    }
    if (isLost) {
      world.kill(world.nodes.get(random.nextInt(world.nodes.size())), 0);
    }
    for (int round = 0; round < ROUNDS_TO_SETTLE; round++) {
      world.run(ROUND_MS);
    }
    for (SimulatedConsumer consumer : world.consumers) {
      Mailbox mailbox = ask(() -> world.store.mailboxes().read(consumer.id())).orElseThrow();
      require(mailbox.owner().isEmpty(), consumer + " has gone, and its mailbox is " + mailbox);
      UserId user = consumer.identity.user();
      List<?> connections = ask(() -> world.store.users().connections(user));
      require(connections.isEmpty(), user + " has gone, and the list has " + connections);
      world.presence.check(user, false);
    }
    world.nodes.forEach(node -> memory.checkAtRest(node, ask(node.broker::memory), 0, 0, 0));
  }

  private void rounds(int count) {
    for (int round = 0; round < count; round++) {
      for (SimulatedConsumer consumer : world.consumers) {
        if (consumer.connection() == null) {
          SimulatedNode node = world.anyNode(SimulatedNode::isServing);
          if (node != null) {
            consumer.connect(node);
          }
        }
      }
      world.run(ROUND_MS);
    }
  }

  private Set<RoomName> allRooms() {
    Set<RoomName> all = new TreeSet<>((one, other) -> one.value().compareTo(other.value()));
    all.addAll(world.rooms);
    all.add(RoomName.EVERYONE);
    for (SimulatedConsumer consumer : world.consumers) {
      all.add(RoomName.ofUser(consumer.identity.user()));
      all.add(RoomName.ofConsumer(consumer.id()));
    }
    return all;
  }

  private List<Payload> publishToAll() {
    List<Payload> last = new ArrayList<>();
    for (RoomName room : allRooms()) {
      SimulatedNode node = world.nodes.get(random.nextInt(world.nodes.size()));
      last.add(world.publish(room, node, PublishOptions.HELD, 1));
    }
    return last;
  }

  private void check(List<Payload> last) {
    world.settle();
    List<String> open = world.openPublications();
    require(open.isEmpty(), "neither stored nor refused: " + open);
    for (SimulatedConsumer consumer : world.consumers) {
      require(consumer.isOpen(), consumer + " could not connect");
      last.forEach(payload -> checkLast(consumer, payload));
      consumer.model().checkNothingMissing();
    }
    checkStore();
    world.nodes.forEach(
        node -> require(node.queuedTasks() == 0, node.place + " has tasks left in its lanes"));
  }

  private void checkLast(SimulatedConsumer consumer, Payload payload) {
    Membership membership = consumer.model().membership(payload.room());
    ConsumerModel model = consumer.model();
    boolean isMember =
        membership.isOpen()
            || payload.room().equals(RoomName.EVERYONE)
            || payload.room().equals(RoomName.ofUser(consumer.identity.user()));
    String text = payload.toString();
    if (isMember) {
      boolean mayKnow =
          world.scenario.faults().losesHistory() && (membership.hasBeenLeft() || !model.isTold());
      require(model.unmodified().has(text) || mayKnow, consumer + " did not get the last " + text);
      // A room may lose its end while nobody knows what this one has had: it may skip what has the
      // same places.
      require(model.deduping().has(text) || mayKnow, consumer + " did not get the last " + text);
    } else if (!membership.isPossible()) {
      require(!model.unmodified().has(text), consumer + " left and still got " + text);
    }
  }

  private void checkStore() {
    Map<RoomName, Map<NodeId, Integer>> members = new HashMap<>();
    for (SimulatedConsumer consumer : world.consumers) {
      NodeId node = consumer.connection().node.id();
      checkMailbox(consumer).cursors().keySet().forEach(room -> count(members, room, node));
      count(members, RoomName.EVERYONE, node);
    }
    for (RoomName room : allRooms()) {
      Map<NodeId, Integer> expected = members.getOrDefault(room, Map.of());
      Map<NodeId, Integer> found = ask(() -> world.store.roomLog().occupancy(room));
      require(found.equals(expected), room + ": members " + found + ", truly " + expected);
    }
    for (SimulatedNode node : world.nodes) {
      List<Integer> here =
          members.values().stream()
              .filter(counts -> counts.containsKey(node.id()))
              .map(counts -> counts.get(node.id()))
              .toList();
      long sessions =
          world.consumers.stream().filter(consumer -> consumer.connection().node == node).count();
      long memberships = here.stream().mapToLong(Integer::longValue).sum();
      memory.checkAtRest(node, ask(node.broker::memory), sessions, memberships, here.size());
    }
    checkDirectory();
    Set<NodeId> living = new HashSet<>(world.nodes.stream().map(SimulatedNode::id).toList());
    Set<NodeId> known =
        new HashSet<>(
            ask(() -> world.store.nodes().report()).nodes().stream().map(LiveNode::node).toList());
    require(known.equals(living), "nodes " + known + ", truly " + living);
  }

  /** The mailbox is owned by the device's node and knows that the device has got everything. */
  private Mailbox checkMailbox(SimulatedConsumer consumer) {
    NodeId node = consumer.connection().node.id();
    Mailbox mailbox = ask(() -> world.store.mailboxes().read(consumer.id())).orElseThrow();
    String what = consumer + " at " + node + ": " + mailbox;
    require(mailbox.owner().filter(node::equals).isPresent(), "wrong owner of " + what);
    require(mailbox.inFlight().isEmpty(), "a batch in flight: " + what);
    mailbox
        .cursors()
        .forEach(
            (room, position) -> {
              long top = ask(() -> world.store.roomLog().state(room)).top();
              require(position.offset() == top, room + " has " + top + ": " + what);
            });
    return mailbox;
  }

  private static void count(
      Map<RoomName, Map<NodeId, Integer>> members, RoomName room, NodeId node) {
    members.computeIfAbsent(room, unknown -> new HashMap<>()).merge(node, 1, Integer::sum);
  }

  private void checkDirectory() {
    for (SimulatedConsumer consumer : world.consumers) {
      Map<String, String> found = new TreeMap<>();
      ask(() -> world.store.users().connections(consumer.identity.user()))
          .forEach(
              connection -> found.put(connection.consumer().value(), connection.node().value()));
      Map<String, String> expected = new TreeMap<>();
      for (SimulatedConsumer other : world.consumers) {
        ConsumerId id = other.id();
        if (other.identity.user().equals(consumer.identity.user())) {
          expected.put(id.value(), other.connection().node.id().value());
        }
      }
      require(
          found.equals(expected),
          consumer.identity.user() + ": connections " + found + ", truly " + expected);
      world.presence.check(consumer.identity.user(), true);
    }
  }

  private <T> T ask(Supplier<CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    world.steps.at(observer, () -> question.get().thenAccept(answer::complete));
    world.settle();
    require(answer.isDone(), "the store does not answer");
    return answer.join();
  }
}
