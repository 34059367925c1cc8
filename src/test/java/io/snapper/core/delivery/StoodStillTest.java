package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does that finds its lease run out: it stood still, or the store was away. */
class StoodStillTest {
  private static final long LONGER_THAN_THE_LEASE_MS = 7_000;

  private final HandMovedTime time = new HandMovedTime();
  private final ArrayDeque<Runnable> reads = new ArrayDeque<>();
  private boolean isHoldingReads;
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, this::apply, Runnable::run, InMemoryStore.Settings.defaults());

  private void apply(Runnable call) {
    if (isHoldingReads && call.toString().equals("Mailboxes.read")) {
      reads.add(call);
    } else {
      call.run();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSendNothingToAConsumerThatIsElsewhereByNow(boolean isStrict) {
    TestNode first = TestNode.start("first", store, time, options(isStrict));
    TestNode second = TestNode.start("second", store, time, options(isStrict));
    RecordingConnection ann = first.connect("c1", "ann");
    first.standStill();
    second.publish("userann", "hello");
    time.advance(LONGER_THAN_THE_LEASE_MS);
    RecordingConnection again = second.connect("c1", "ann");
    time.advance(2_000);

    first.goOn();
    time.advance(2_000);

    assertThat(again.received()).containsExactly("hello");
    assertThat(ann.received()).isEmpty();
    assertThat(ann.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(again.closeReason()).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldSendWhatWasHeldBackOnceItKnowsThatTheMailboxIsItsOwn(boolean isStrict) {
    TestNode first = TestNode.start("first", store, time, options(isStrict));
    TestNode second = TestNode.start("second", store, time, options(isStrict));
    RecordingConnection ann = first.connect("c1", "ann");
    first.standStill();
    second.publish("userann", "hello");
    time.advance(LONGER_THAN_THE_LEASE_MS);

    isHoldingReads = true;
    first.goOn();
    time.advance(200);
    assertThat(ann.received()).isEmpty();
    isHoldingReads = false;
    answerReads();
    time.settle();

    assertThat(ann.received()).containsExactly("hello");
    assertThat(ann.closeReason()).isNull();
    time.advance(1_000);
    assertThat(first.connect("c1", "ann").received()).isEmpty();
  }

  @Test
  void shouldNotRepeatABatchToAConsumerThatIsElsewhereByNow() {
    TestNode first = TestNode.start("first", store, time);
    TestNode second = TestNode.start("second", store, time);
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");
    first.standStill();
    time.advance(30_000);
    second.connect("c1", "ann");
    time.advance(31_000);

    first.goOn();
    time.advance(2_000);

    assertThat(ann.batches()).hasSize(1);
    assertThat(ann.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
  }

  @Test
  void shouldTellOfAGapOnlyOnceItKnowsThatTheMailboxIsItsOwn() {
    TestNode first = TestNode.start("first", store, time);
    TestNode second = TestNode.start("second", store, time);
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");
    first.standStill();
    for (int count = 0; count < 1_100; count++) {
      second.publish("userann", "m" + count);
    }
    time.advance(LONGER_THAN_THE_LEASE_MS);
    isHoldingReads = true;
    first.goOn();
    ann.answering();
    time.advance(500);
    assertThat(ann.gaps()).isEmpty();

    isHoldingReads = false;
    answerReads();
    time.advance(500);

    assertThat(ann.gaps()).hasSize(1);
    assertThat(ann.received())
        .startsWith("one", "m" + (ann.gaps().get(0).to() - 1))
        .endsWith("m1099");
  }

  @Test
  void shouldTakeAcknowledgementsWhileTheLeaseHasRunOut() {
    TestNode node = TestNode.start("first", store, time);
    RecordingConnection ann = node.connect("c1", "ann").silent();
    node.publish("userann", "one");
    node.publish("userann", "two");
    store.faults().setAway(true);
    time.advance(LONGER_THAN_THE_LEASE_MS);

    ann.answering();
    time.advance(1_000);
    assertThat(ann.received()).containsExactly("one");
    store.faults().setAway(false);
    time.advance(2_000);

    assertThat(ann.received()).containsExactly("one", "two");
    assertThat(ann.closeReason()).isNull();
    ann.disconnect();
    time.settle();
    assertThat(node.connect("c1", "ann").received()).isEmpty();
  }

  @Test
  void shouldGoOnSoonAfterTheStoreIsBack() {
    TestNode node = TestNode.start("first", store, time);
    List<RecordingConnection> connections = new ArrayList<>();
    for (int index = 0; index < 50; index++) {
      connections.add(node.connect("c" + index, "user" + index));
      node.join("room", "c" + index);
    }
    store.faults().setAway(true);
    time.advance(LONGER_THAN_THE_LEASE_MS);
    node.publish("room", "hello");
    store.faults().setAway(false);

    time.advance(1_200);

    assertThat(connections)
        .allSatisfy(connection -> assertThat(connection.received()).containsExactly("hello"));
  }

  @Test
  void shouldReadOnlySomeMailboxesAtATime() {
    TestNode node = TestNode.start("first", store, time);
    List<RecordingConnection> connections = new ArrayList<>();
    for (int index = 0; index < 1_000; index++) {
      connections.add(node.open("c" + index, "user" + index));
    }
    time.settle();
    store.faults().setAway(true);
    time.advance(LONGER_THAN_THE_LEASE_MS);
    isHoldingReads = true;
    store.faults().setAway(false);
    time.advance(1_200);

    assertThat(reads).hasSizeBetween(200, 256);
    isHoldingReads = false;
    answerReads();
    time.settle();
    for (int index = 0; index < 1_000; index++) {
      node.publish("useruser" + index, "hello");
    }

    assertThat(connections)
        .allSatisfy(connection -> assertThat(connection.received()).containsExactly("hello"));
  }

  private void answerReads() {
    while (!reads.isEmpty()) {
      reads.poll().run();
    }
  }

  private static DeliveryOptions options(boolean isStrict) {
    return UsualDelivery.but().withStrict(isStrict).options();
  }
}
