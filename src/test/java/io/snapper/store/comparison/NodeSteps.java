package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.store.NodeRegistry.NodeReport;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Steps on which nodes live, and on time. */
final class NodeSteps {
  private NodeSteps() {}

  static Arbitrary<Step> any() {
    Arbitrary<Integer> leases = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> nodes = RoomSteps.nodes();
    return Arbitraries.frequencyOf(
        Tuple.of(
            6, Combinators.combine(nodes, Arbitraries.longs().between(0, 4), leases).as(Beat::new)),
        Tuple.of(3, Combinators.combine(nodes, nodes, leases).as(TakeOver::new)),
        Tuple.of(3, nodes.map(Remove::new)),
        Tuple.of(1, RoomSteps.rooms().list().ofMaxSize(3).map(CountRooms::new)),
        Tuple.of(2, Arbitraries.just(new Report())));
  }

  /** Lets time pass, or loses everything. */
  static Arbitrary<Step> time() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.integers().between(1, 4).map(Pass::new)),
        Tuple.of(1, Arbitraries.integers().between(5, 20).map(Pass::new)),
        Tuple.of(1, Arbitraries.just(new Wipe())));
  }

  record Beat(int node, long count, int leaseUnits) implements Step {
    @Override
    public void run(Comparison stores) {
      NodeReport report = new NodeReport("host:" + node, count, 10 * count, 100 * count, 5);
      stores.call(
          side ->
              side.nodes()
                  .beat(stores.node(node), report, Comparison.UNIT.multipliedBy(leaseUnits)),
          (memory, real) -> {
            assertThat(real.wasExpired()).as("was expired").isEqualTo(memory.wasExpired());
            assertThat(Set.copyOf(real.expired()))
                .as("expired")
                .isEqualTo(Set.copyOf(memory.expired()));
            assertThat(real.dead()).as("dead").isEqualTo(memory.dead());
          });
    }
  }

  record TakeOver(int dead, int by, int leaseUnits) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side ->
              side.nodes()
                  .takeOver(
                      stores.node(dead),
                      stores.node(by),
                      Comparison.UNIT.multipliedBy(leaseUnits)));
    }
  }

  record Remove(int node) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(side -> side.nodes().remove(stores.node(node)));
    }
  }

  record CountRooms(List<Integer> rooms) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side -> side.nodes().countRooms(rooms.stream().map(stores.names()::room).toList()));
    }
  }

  record Report() implements Step {
    @Override
    public void run(Comparison stores) {
      stores.call(
          side -> side.nodes().report(), (memory, real) -> stores.same().report(memory, real));
    }
  }

  /** Lets so many units of time pass. */
  record Pass(int units) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.passTime(units);
    }
  }

  /** Moves the partition of a room to another server. */
  record MovePartition(int room) implements Step {
    @Override
    public void run(Comparison stores) {
      String name = stores.names().room(room).value();
      stores.store().movePartition(stores.store().partitionOf(name));
    }
  }

  /** Loses all data, as a Redis without persistence that restarts. */
  record Wipe() implements Step {
    @Override
    public void run(Comparison stores) {
      stores.wipe();
    }
  }
}
