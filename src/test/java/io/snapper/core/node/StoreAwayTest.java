package io.snapper.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that is away for longer than all nodes' leases last. */
class StoreAwayTest {
  private static final long LONGER_THAN_THE_LEASE_MS = 7_000;
  private static final long LEASE_AND_HEARTBEAT_MS = 6_000;
  private static final long BETWEEN_HEARTBEATS_MS = 300;

  private final HandMovedTime time = new HandMovedTime();
  private final List<String> calls = new ArrayList<>();
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs, this::record, Runnable::run, InMemoryStore.Settings.defaults());
  private final List<PresenceChange> changes = new ArrayList<>();
  private TestNode first;
  private TestNode second;
  private TestNode third;

  private void record(Runnable call) {
    calls.add(call.toString());
    call.run();
  }

  @BeforeEach
  void startThreeNodesThatBeatOneAfterTheOther() {
    first = start("first");
    second = start("second");
    third = start("third");
    time.advance(LONGER_THAN_THE_LEASE_MS);
  }

  private TestNode start(String name) {
    TestNode node = TestNode.start(name, store, time, changes::add);
    time.advance(BETWEEN_HEARTBEATS_MS);
    return node;
  }

  private List<?> connectionsOf(String user) {
    return store.users().connections(new UserId(user)).toCompletableFuture().join();
  }

  @Test
  void shouldLetNobodyTakeTheOthersForDead() {
    RecordingConnection ann = first.connect("c1", "ann");
    RecordingConnection bob = second.connect("c2", "bob");
    RecordingConnection eve = third.connect("c3", "eve");
    time.advance(1_000);
    changes.clear();

    store.faults().setAway(true);
    time.advance(LONGER_THAN_THE_LEASE_MS);
    store.faults().setAway(false);
    time.advance(2 * LEASE_AND_HEARTBEAT_MS);
    first.publish(RoomName.EVERYONE.value(), "hello");

    assertThat(changes).isEmpty();
    assertThat(calls).doesNotContain("Mailboxes.orphan", "NodeRegistry.remove");
    assertThat(List.of(ann, bob, eve))
        .allSatisfy(
            connection -> {
              assertThat(connection.closeReason()).isNull();
              assertThat(connection.received()).containsExactly("hello");
            });
  }

  @Test
  void shouldHideNobodyWhoseNodeIsNotHeardYet() {
    second.connect("c2", "bob");
    store.faults().setAway(true);
    time.advance(LONGER_THAN_THE_LEASE_MS);
    store.faults().setAway(false);

    for (int step = 0; step < 100; step++) {
      time.advance(10);

      assertThat(first.broker().connections(new UserId("bob")).toCompletableFuture().join())
          .hasSize(1);
    }
  }

  @Test
  void shouldCleanUpAfterANodeThatDiesMeanwhile() {
    first.connect("c1", "ann");
    store.faults().setAway(true);
    first.kill();
    time.advance(LONGER_THAN_THE_LEASE_MS);
    store.faults().setAway(false);

    time.advance(LEASE_AND_HEARTBEAT_MS + 1_000);

    assertThat(connectionsOf("ann")).isEmpty();
    assertThat(store.nodes().report().toCompletableFuture().join().nodes()).hasSize(2);
  }

  @Test
  void shouldCleanUpAfterAllThatWereDeadBeforeANodeStarted() {
    first.connect("c1", "ann");
    List.of(first, second, third).forEach(TestNode::kill);
    time.advance(60_000);

    TestNode fourth = start("fourth");
    time.advance(LEASE_AND_HEARTBEAT_MS);

    assertThat(connectionsOf("ann")).isEmpty();
    assertThat(store.roomLog().occupancy(RoomName.EVERYONE).toCompletableFuture().join()).isEmpty();
    assertThat(
            store
                .mailboxes()
                .read(new ConsumerId("c1"))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .owner())
        .isEmpty();
    assertThat(fourth.broker().obstacles()).isEmpty();
  }
}
