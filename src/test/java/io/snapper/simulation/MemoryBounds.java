package io.snapper.simulation;

import static io.snapper.simulation.ConsumerModel.require;

import io.snapper.core.BrokerOptions;
import io.snapper.core.NodeMemory;
import io.snapper.core.delivery.DeliveryMemory;
import io.snapper.simulation.Place.Kind;

/** What a node may hold in memory, at any moment and when all is quiet. */
final class MemoryBounds {
  /** A lane keeps so many pushes of a room that does not know where it stands. */
  private static final long MAX_WAITING_PUSHES = 1_000;

  /** Repetitions, deadlines of openings and refreshed rooms: many, but not one for each step. */
  private static final long MAX_TIMERS = 500;

  /** The heartbeat, the comparison of pushes, the take-over of presence, and some to spare. */
  private static final long MAX_TIMERS_AT_REST = 12;

  private static final long MAX_HEAD_CHARACTERS = 60;
  private static final int LANES = 2;

  private final World world;
  private final long consumers;
  private final long rooms;

  MemoryBounds(World world) {
    this.world = world;
    consumers = world.consumers.size();
    // A room for each user and each device, and the one of whoever is online.
    rooms = world.rooms.size() + 2 * consumers + 1;
  }

  /** Counts what each node holds; what is too much fails the run when the count is there. */
  void checkAll() {
    for (SimulatedNode node : world.nodes) {
      long timers = world.steps.planned(Kind.TIMER, node.place);
      require(timers <= MAX_TIMERS, node.place + " has planned " + timers + " things");
      world.steps.at(
          node.place, () -> node.broker.memory().thenAccept(memory -> check(node, memory)));
    }
  }

  private void check(SimulatedNode node, NodeMemory memory) {
    Scenario scenario = world.scenario;
    DeliveryMemory held = memory.delivery();
    long longest = Math.max(scenario.longestPadding(), 0) + MAX_HEAD_CHARACTERS;
    boolean isBounded =
        held.sessions() <= consumers
            && held.openings() <= consumers
            && held.endings() <= consumers
            && held.members() <= consumers * rooms
            && held.rooms() <= LANES * rooms
            && held.largestTailMessages() <= scenario.tailMessages()
            && held.largestTailCharacters() <= Math.max(scenario.tailCharacters(), longest)
            && held.waitingPushes() <= held.rooms() * MAX_WAITING_PUSHES
            && held.mostFetchedPages() <= 1
            && held.fetchedMessages() <= held.members() * scenario.batchMessages()
            && held.inFlightMessages() <= held.sessions() * scenario.batchMessages()
            && held.accountedCharacters() == held.inFlightCharacters()
            && memory.watchedRooms() <= rooms
            && memory.publishingRooms() <= rooms
            && memory.heldBytes() <= BrokerOptions.defaults("").heldLimitBytes();
    require(isBounded, node.place + " holds " + memory);
  }

  /** At rest nothing is left over, and what is there is the truth. */
  void checkAtRest(
      SimulatedNode node, NodeMemory memory, long sessions, long memberships, long watched) {
    DeliveryMemory held = memory.delivery();
    boolean isRest =
        held.sessions() == sessions
            && held.openings() == 0
            && held.endings() == 0
            && held.members() == memberships
            && held.waitingPushes() == 0
            && held.fetchedMessages() == 0
            && held.inFlightMessages() == 0
            && memory.watchedRooms() == watched
            && memory.publishingRooms() == 0
            && memory.heldBytes() == 0;
    require(
        isRest,
        node.place
            + " holds at rest "
            + memory
            + "; sessions "
            + sessions
            + ", memberships "
            + memberships
            + ", rooms "
            + watched);
    long timers = world.steps.planned(Kind.TIMER, node.place);
    require(timers <= MAX_TIMERS_AT_REST, node.place + " has planned " + timers + " things");
  }
}
