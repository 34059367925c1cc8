package io.snapper.simulation;

import io.snapper.core.Broker;
import io.snapper.core.BrokerOptions;
import io.snapper.core.message.NodeId;
import io.snapper.core.presence.PresenceReporting;
import io.snapper.core.store.Stores;
import io.snapper.simulation.Place.Kind;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A real broker whose every move is a step of the run. */
final class SimulatedNode {
  private static final int LANES = 2;

  final Place place;
  final Broker broker;
  private final List<SimulatedLane> lanes = new ArrayList<>();
  private boolean isServing;
  private final Steps steps;
  private boolean isDraining;
  private long clockAheadMs;

  SimulatedNode(
      NodeId id,
      Place place,
      Steps steps,
      SplittableRandom random,
      InMemoryStore store,
      Scenario scenario,
      PresenceModel presence) {
    this.place = place;
    this.steps = steps;
    for (int index = 0; index < LANES; index++) {
      lanes.add(new SimulatedLane(steps, place, random));
    }
    BrokerOptions options = BrokerOptions.defaults(id + ":1").withDelivery(scenario.delivery());
    Stores stores =
        new Stores(
            store.roomLog(), store.mailboxes(), store.users(), store.nodes(), store.channel());
    broker =
        new Broker(
            id,
            options,
            stores,
            (delayMs, task) -> steps.later(delayMs, Kind.TIMER, place, "timer", task),
            lanes,
            steps::nanoTime,
            this::wallClockMs,
            Optional.of(
                new PresenceReporting(
                    store.presence(),
                    task -> steps.add(Kind.TURN, place, "presence", task),
                    change -> presence.onTold(id, change))));
    steps.at(place, () -> broker.start().thenAccept(started -> isServing = true));
  }

  NodeId id() {
    return broker.node();
  }

  boolean isAlive() {
    return !place.isDead();
  }

  /** Returns whether consumers can connect here. */
  boolean isServing() {
    return isServing && isAlive() && !isDraining;
  }

  /** Returns the time that the node believes it is, in ms since 1970. */
  long wallClockMs() {
    return steps.nowMs() + clockAheadMs;
  }

  /** Sets the clock that tells the time of day; deadlines go by another one. */
  void setClockAhead(long ms) {
    clockAheadMs = ms;
  }

  /** Stops without having drained; {@code then} runs when it is out of the cluster, or gives up. */
  void stop(Runnable then) {
    isDraining = true;
    steps.at(place, () -> broker.giveUp().whenComplete((done, failure) -> then.run()));
  }

  void drain() {
    isDraining = true;
    broker.drain(1_000, Duration.ofSeconds(3));
  }

  int queuedTasks() {
    return lanes.stream().mapToInt(SimulatedLane::queued).sum();
  }
}
