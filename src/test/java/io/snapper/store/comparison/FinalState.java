package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.PresenceLog.Request;
import java.util.ArrayList;
import java.util.List;

/** Reads everything that can be read. */
record FinalState() implements Step {
  private static final int ALL = 10_000;
  private static final long NO_LIMIT = 1L << 40;

  @Override
  public void run(Comparison stores) {
    List<Step> reads = new ArrayList<>();
    for (int room = 0; room < Naming.ROOMS; room++) {
      reads.add(new RoomSteps.State(room));
      reads.add(new RoomSteps.Read(room, ALL, ALL, NO_LIMIT));
      reads.add(new RoomSteps.Occupancy(room));
    }
    for (int consumer = 0; consumer < Naming.CONSUMERS; consumer++) {
      reads.add(new MailboxSteps.Reading(consumer));
      for (int node = 0; node < Comparison.NODES.size(); node++) {
        reads.add(new MailboxSteps.ListingOwned(node, consumer));
      }
    }
    for (int user = 0; user < Naming.USERS; user++) {
      reads.add(new PresenceSteps.Connections(user));
    }
    reads.add(new NodeSteps.Report());
    reads.forEach(read -> read.run(stores));
    stores.store().checkConsistency();
    for (NodeId node : Comparison.NODES) {
      NodeId any = Comparison.SUBSCRIBED.get(0);
      stores.call(
          side -> side.channels().get(any).sequences(node),
          (memory, real) -> assertThat(real).as("pushes sent to %s", node).isEqualTo(memory));
    }
    takeAllChanges(stores);
  }

  private static void takeAllChanges(Comparison stores) {
    List<Request> requests = new ArrayList<>();
    for (int partition = 0; partition < stores.store().partitions(); partition++) {
      requests.add(new Request(partition, 0));
    }
    stores.call(
        side -> side.presence().take(stores.node(0), requests, Comparison.UNIT, ALL),
        (memory, real) -> {
          for (int partition = 0; partition < memory.size(); partition++) {
            stores.same().taken(memory.get(partition), real.get(partition));
          }
        });
  }
}
