package io.snapper.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the others do about a node that has died. */
class DeadNodeCleanUpTest {
  private static final int CONSUMERS = 2_000;
  private static final long LEASE_AND_HEARTBEAT_MS = 6_000;

  private final HandMovedTime time = new HandMovedTime();
  private final List<String> calls = new ArrayList<>();
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private boolean isHoldingOrphans;
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, this::apply, Runnable::run, InMemoryStore.Settings.defaults());
  private final TestNode first = TestNode.start("first", store, time);
  private final TestNode second = TestNode.start("second", store, time);
  private final TestNode third = TestNode.start("third", store, time);

  private void apply(Runnable call) {
    calls.add(call.toString());
    if (isHoldingOrphans && call.toString().equals("Mailboxes.orphan")) {
      held.add(call);
    } else {
      call.run();
    }
  }

  private void connectAll() {
    for (int index = 0; index < CONSUMERS; index++) {
      first.open("c" + index, "user" + index);
    }
    time.settle();
    calls.clear();
  }

  @Test
  void shouldLeaveNothingOfItOnceItsLeaseHasEnded() {
    connectAll();
    first.kill();

    time.advance(LEASE_AND_HEARTBEAT_MS);

    for (int index = 0; index < CONSUMERS; index += 100) {
      assertThat(ownerOf("c" + index)).isEmpty();
      assertThat(store.users().connections(new UserId("user" + index)).toCompletableFuture().join())
          .isEmpty();
    }
    assertThat(store.roomLog().occupancy(RoomName.EVERYONE).toCompletableFuture().join()).isEmpty();
    assertThat(store.nodes().report().toCompletableFuture().join().nodes()).hasSize(2);
  }

  @Test
  void shouldBeDoneByExactlyOneOfTheOthers() {
    connectAll();
    first.kill();

    time.advance(LEASE_AND_HEARTBEAT_MS);

    assertThat(Collections.frequency(calls, "Mailboxes.orphan")).isEqualTo(CONSUMERS);
    assertThat(Collections.frequency(calls, "NodeRegistry.remove")).isEqualTo(1);
  }

  @Test
  void shouldNotBecomeABurstOnTheStore() {
    connectAll();
    first.kill();
    isHoldingOrphans = true;

    time.advance(LEASE_AND_HEARTBEAT_MS);

    assertThat(held).hasSizeBetween(100, 512);
    assertThat(Collections.frequency(calls, "Mailboxes.ownedBy")).isLessThanOrEqualTo(16);
  }

  @Test
  void shouldStayWithTheOneThatHasBegunHoweverLongItTakes() {
    connectAll();
    first.kill();
    isHoldingOrphans = true;
    time.advance(30_000);

    isHoldingOrphans = false;
    while (!held.isEmpty()) {
      held.poll().run();
    }
    time.advance(1_000);

    assertThat(Collections.frequency(calls, "Mailboxes.orphan")).isEqualTo(CONSUMERS);
    assertThat(Collections.frequency(calls, "NodeRegistry.remove")).isEqualTo(1);
    assertThat(second.broker().obstacles()).isEmpty();
    assertThat(third.broker().obstacles()).isEmpty();
  }

  @Test
  void shouldTakeNothingMoreFromANodeThatLivesAgain() {
    connectAll();
    first.standStill();
    isHoldingOrphans = true;
    time.advance(LEASE_AND_HEARTBEAT_MS);
    first.goOn();
    time.advance(2 * LEASE_AND_HEARTBEAT_MS);

    isHoldingOrphans = false;
    int begun = held.size();
    releaseOrphans();
    time.advance(LEASE_AND_HEARTBEAT_MS);

    assertThat(Collections.frequency(calls, "Mailboxes.orphan")).isEqualTo(begun);
    assertThat(Collections.frequency(calls, "NodeRegistry.remove")).isZero();
    assertThat(store.nodes().report().toCompletableFuture().join().nodes()).hasSize(3);
    for (int index = 0; index < CONSUMERS; index++) {
      assertThat(ownerOf("c" + index)).contains(first.id());
      assertThat(store.users().connections(new UserId("user" + index)).toCompletableFuture().join())
          .hasSize(1);
    }
  }

  @Test
  void shouldNotRemoveANodeThatIsBackBeforeTheLastStep() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.standStill();
    isHoldingOrphans = true;
    time.advance(LEASE_AND_HEARTBEAT_MS);
    assertThat(held).hasSize(1);

    isHoldingOrphans = false;
    first.goOn();
    releaseOrphans();
    time.advance(2_000);
    second.publish("userann", "hello");

    assertThat(Collections.frequency(calls, "NodeRegistry.remove")).isZero();
    assertThat(ownerOf("c1")).contains(first.id());
    assertThat(ann.received()).containsExactly("hello");
  }

  private void releaseOrphans() {
    while (!held.isEmpty()) {
      held.poll().run();
    }
    time.settle();
  }

  private Optional<NodeId> ownerOf(String consumer) {
    return store
        .mailboxes()
        .read(new ConsumerId(consumer))
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .owner();
  }
}
