package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.snapper.core.message.RoomName;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that loses the end of a room, as an asynchronous failover does. */
class LostEndTest {
  private static final RoomName ROOM = new RoomName("room");

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private TestNode first;
  private TestNode second;

  @BeforeEach
  void startTwoNodes() {
    first = TestNode.start("first", store, time);
    second = TestNode.start("second", store, time);
  }

  private RecordingConnection member(TestNode node, String consumer) {
    RecordingConnection connection = node.connect(consumer, "user-of-" + consumer);
    node.join(ROOM.value(), consumer);
    return connection;
  }

  private void publish(String... texts) {
    for (String text : texts) {
      time.advance(10);
      first.publish(ROOM.value(), text);
    }
  }

  private static void assertGap(RecordingConnection connection, long from, long to) {
    assertThat(connection.gaps())
        .extracting(GapNotice::from, GapNotice::to)
        .containsExactly(tuple(from, to));
  }

  @Test
  void shouldGoOnBehindTheLossWithTheNextMessage() {
    RecordingConnection ann = member(first, "c1");
    RecordingConnection bob = member(second, "c2");
    publish("one", "two", "three");

    store.rewind(ROOM, 1);
    publish("other three", "four");

    assertThat(ann.received()).containsExactly("one", "two", "three", "other three", "four");
    assertThat(bob.received()).isEqualTo(ann.received());
    assertGap(ann, 3, 3);
    assertGap(bob, 3, 3);
  }

  @Test
  void shouldNoticeARoomThatHasGrownPastItsKnownEnd() {
    RecordingConnection ann = member(first, "c1");
    publish("one", "two", "three");

    store.rewind(ROOM, 2);
    for (int lost = 0; lost < 3; lost++) {
      store.faults().dropNextPush(first.id());
    }
    publish("other two", "other three", "four", "five");

    assertThat(ann.received())
        .containsExactly("one", "two", "three", "other two", "other three", "four", "five");
    assertGap(ann, 2, 3);
  }

  @Test
  void shouldTellADeviceThatWasAwayWhatItHadInVain() {
    RecordingConnection ann = member(first, "c1");
    publish("one", "two", "three");
    ann.disconnect();
    time.settle();

    store.rewind(ROOM, 2);
    publish("other two", "other three", "four");
    RecordingConnection again = second.connect("c1", "user-of-c1");

    assertThat(again.received()).containsExactly("other two", "other three", "four");
    assertGap(again, 2, 3);
  }

  @Test
  void shouldSayNothingToADeviceThatHasNotHadWhatWasLost() {
    RecordingConnection ann = member(first, "c1");
    publish("one");
    ann.disconnect();
    time.settle();
    publish("two", "three");

    store.rewind(ROOM, 2);
    publish("other two", "other three");
    RecordingConnection again = second.connect("c1", "user-of-c1");

    assertThat(again.received()).containsExactly("other two", "other three");
    assertThat(again.gaps()).isEmpty();
  }

  @Test
  void shouldLetTheBatchInFlightBeAcknowledgedBeforeItSaysWhatOfItIsVoid() {
    RecordingConnection ann = member(first, "c1");
    publish("one");
    ann.silent();
    publish("two");

    store.rewind(ROOM, 1);
    publish("other two");
    assertThat(ann.gaps()).isEmpty();
    ann.answering();
    time.settle();

    assertThat(ann.received()).containsExactly("one", "two", "other two");
    assertGap(ann, 2, 2);
  }

  @Test
  void shouldSendAgainWhatIsLeftOfABatchInFlightUnderTheEpochThatTheDeviceKnows() {
    RecordingConnection ann = member(first, "c1");
    publish("one", "two", "three");
    ann.silent();
    time.advance(10);
    first.publish(ROOM.value(), "four", "five");
    String inFlight = ann.batches().get(3).id();
    ann.disconnect();
    time.settle();

    store.rewind(ROOM, 1);
    publish("other five");
    RecordingConnection again = second.connect("c1", "user-of-c1");

    assertThat(inFlight).endsWith(":4-5");
    assertThat(again.batches().get(0).id()).isEqualTo(inFlight.replace("-5", ""));
    assertThat(again.received()).containsExactly("four", "other five");
    assertThat(again.batches().get(1).id()).doesNotStartWith(inFlight.split(":")[0]);
    assertGap(again, 5, 5);
  }

  @Test
  void shouldGoOnWithADeviceThatLeavesARoomWhileItsBatchInFlightIsLookedFor() {
    RecordingConnection ann = member(first, "c1");
    publish("one", "two", "three");
    ann.silent();
    publish("four");
    ann.disconnect();
    time.settle();
    store.rewind(ROOM, 1);
    for (int read = 0; read < 3; read++) {
      store.faults().failNextCall(Moment.BEFORE_APPLYING, "RoomLog.read");
    }
    RecordingConnection again = second.connect("c1", "user-of-c1");

    first.leave(ROOM.value(), "c1");
    time.advance(3_000);
    first.publish("useruser-of-c1", "hello");

    assertThat(again.received()).endsWith("hello");
    assertThat(again.closeReason()).isNull();
  }

  @Test
  void shouldNotRepeatToOthersWhatTheyHaveOfTheNewLine() {
    RecordingConnection ann = member(first, "c1");
    publish("one", "two");
    ann.disconnect();
    time.settle();
    store.rewind(ROOM, 1);
    publish("other two");
    RecordingConnection bob = second.connect("c2", "user-of-c2");
    second.join(ROOM.value(), "c2");
    publish("three");

    RecordingConnection again = first.connect("c1", "user-of-c1");
    publish("four");

    assertThat(bob.received()).containsExactly("three", "four");
    assertThat(bob.gaps()).isEmpty();
    assertThat(again.received()).containsExactly("other two", "three", "four");
    assertGap(again, 2, 2);
  }

  @Test
  void shouldGoOnWithALogThatBeganAnew() {
    RecordingConnection ann = member(first, "c1");
    publish("one", "two");

    store.wipe();
    time.advance(3_000);
    publish("three");

    assertThat(ann.received()).containsExactly("one", "two", "three");
    assertThat(ann.gaps()).allMatch(gap -> gap.to() == gap.from() - 1).isNotEmpty();
  }
}
