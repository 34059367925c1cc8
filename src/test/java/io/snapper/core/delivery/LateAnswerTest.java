package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import io.snapper.testing.store.StoreWitness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers and pushes that come when what they speak of has changed again. */
class LateAnswerTest {
  private final HandMovedTime time = new HandMovedTime();
  private final Set<String> heldOperations = new HashSet<>();
  private final List<Runnable> held = new ArrayList<>();
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs,
          Runnable::run,
          this::runUnlessHeld,
          node -> this::runUnlessHeld,
          StoreWitness.NONE,
          InMemoryStore.Settings.defaults().withMaxMessages(4));
  private final TestNode node = TestNode.start("first", store, time);

  private void runUnlessHeld(Runnable arrival) {
    String what = arrival.toString();
    if (heldOperations.stream().anyMatch(what::contains)) {
      held.add(arrival);
    } else {
      arrival.run();
    }
  }

  private void release() {
    release("Mailboxes.save", "RoomLog.watch", "RoomLog.read", "Joined", "Left");
  }

  private void release(String... operations) {
    heldOperations.removeAll(List.of(operations));
    List<Runnable> arrivals = List.copyOf(held);
    held.clear();
    arrivals.forEach(Runnable::run);
    time.settle();
  }

  @Test
  void shouldNotPlaceAMemberThatCameAnewWhereAnEarlierWriteSaysItWas() {
    RecordingConnection ann = node.connect("c1", "ann");
    node.join("room", "c1");
    heldOperations.add("Mailboxes.save");
    node.publish("room", "one");
    time.advance(300);
    node.publish("room", "two");
    node.leave("room", "c1");
    heldOperations.add("RoomLog.watch");
    node.join("room", "c1");

    release();
    time.advance(1_000);
    node.publish("room", "three");

    assertThat(ann.received()).containsExactly("one", "two", "three");
  }

  private RecordingConnection joinAndLeaveBeforeTheRoomIsKnown() {
    RecordingConnection ann = node.connect("c1", "ann");
    heldOperations.add("RoomLog.watch");
    node.join("room", "c1");
    node.publish("room", "one");
    node.leave("room", "c1");
    return ann;
  }

  @Test
  void shouldSendWhatWasPublishedBeforeALeaveThatComesBeforeTheRoomIsKnown() {
    RecordingConnection ann = joinAndLeaveBeforeTheRoomIsKnown();
    assertThat(ann.received()).isEmpty();

    release();
    node.publish("room", "two");

    assertThat(ann.received()).containsExactly("one");
  }

  @Test
  void shouldStayInARoomThatIsJoinedAgainBeforeItIsKnown() {
    RecordingConnection ann = joinAndLeaveBeforeTheRoomIsKnown();
    node.join("room", "c1");

    release();
    node.publish("room", "two");

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldNotGoBackForAJoinThatIsHeardAfterMoreWasReadFromTheMailbox() {
    RecordingConnection ann = node.connect("c1", "ann");
    heldOperations.add("Joined");
    node.join("room", "c1");
    time.advance(3_000);
    node.publish("room", "one");
    heldOperations.add("Left");
    node.leave("room", "c1");
    time.advance(3_000);

    release("Joined");

    assertThat(ann.received()).containsExactly("one");
  }

  @Test
  void shouldTellOfAGapAgainIfTheNoticeWaitedForTheLeaseWhenTheConnectionEnded() {
    RecordingConnection ann = node.connect("c1", "ann");
    node.join("room", "c1");
    ann.disconnect();
    time.settle();
    node.publish("room", "one", "two", "three", "four", "five", "six");
    heldOperations.add("RoomLog.read");
    RecordingConnection again = node.connect("c1", "ann");
    for (int beat = 0; beat < 7; beat++) {
      store.faults().failNextCall(Moment.BEFORE_APPLYING, "NodeRegistry.beat");
    }
    time.advance(6_000);
    release();
    again.disconnect();
    time.advance(3_000);

    RecordingConnection last = node.connect("c1", "ann");

    assertThat(again.received()).isEmpty();
    assertThat(last.gaps())
        .extracting(GapNotice::from, GapNotice::to)
        .containsExactly(tuple(1L, 2L));
    assertThat(last.received()).containsExactly("three", "four", "five", "six");
  }

  @Test
  void shouldTellOfAGapAgainUntilSomethingBehindItIsAcknowledged() {
    RecordingConnection ann = node.connect("c1", "ann");
    node.join("room", "c1");
    ann.disconnect();
    time.settle();
    node.publish("room", "one", "two", "three", "four", "five", "six");
    RecordingConnection unheard = node.connectSilently("c1", "ann");
    time.advance(1_000);
    unheard.disconnect();
    time.settle();

    RecordingConnection again = node.connect("c1", "ann");
    time.advance(1_000);
    again.disconnect();
    time.settle();
    RecordingConnection last = node.connect("c1", "ann");

    assertThat(unheard.gaps()).hasSize(1);
    assertThat(again.gaps())
        .extracting(GapNotice::from, GapNotice::to)
        .containsExactly(tuple(1L, 2L));
    assertThat(again.received()).containsExactly("three", "four", "five", "six");
    assertThat(last.gaps()).isEmpty();
    assertThat(last.received()).isEmpty();
  }

  @Test
  void shouldGiveUpAnOpeningWhoseBatchInFlightCanNotBeReadInTime() {
    RecordingConnection ann = node.connect("c1", "ann").silent();
    node.publish("userann", "one");
    ann.disconnect();
    time.settle();
    heldOperations.add("RoomLog.read");
    RecordingConnection again = node.connect("c1", "ann");

    time.advance(11_000);

    assertThat(again.closeReason()).isEqualTo(CloseReason.UNAVAILABLE);
    release();
    assertThat(node.connect("c1", "ann").received()).containsExactly("one");
  }

  @Test
  void shouldIgnoreAJoinFromBeforeTheClaim() {
    RecordingConnection ann = node.connect("c1", "ann");
    heldOperations.add("Joined");
    node.join("room", "c1");
    ann.disconnect();
    time.settle();
    node.leave("room", "c1");
    RecordingConnection again = node.connect("c1", "ann");

    release();
    node.publish("room", "not for ann");

    assertThat(again.received()).isEmpty();
  }

  @Test
  void shouldIgnoreALeaveFromBeforeTheClaim() {
    RecordingConnection ann = node.connect("c1", "ann");
    node.join("room", "c1");
    Published one = node.publish("room", "one");
    heldOperations.add("Left");
    node.leave("room", "c1");
    ann.disconnect();
    time.settle();
    store
        .mailboxes()
        .join(
            new ConsumerId("c1"),
            new RoomName("room"),
            new Position(one.epoch(), one.lastOffset()),
            Duration.ofHours(1),
            10);
    RecordingConnection again = node.connect("c1", "ann");

    release();
    node.publish("room", "two");

    assertThat(again.received()).containsExactly("two");
  }
}
