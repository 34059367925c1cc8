package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Published;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnsettledMailboxTest {
  private static final DeliveryOptions STRICT = UsualDelivery.but().withStrict(true).options();

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);

  @Test
  void shouldWaitBeforeItStoresABatchAgainThatTheStoreDidNotTake() {
    TestNode node = TestNode.start("first", store, time, STRICT);
    RecordingConnection ann = node.connect("c1", "ann");
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.save");

    node.publish("userann", "hello");
    time.advance(500);

    assertThat(ann.received()).isEmpty();

    time.advance(1_000);

    assertThat(ann.received()).containsExactly("hello");
  }

  @Test
  void shouldStoreABatchUnderTheNewClaimBeforeItGoesOut() {
    TestNode node = TestNode.start("first", store, time, STRICT);
    RecordingConnection ann = node.connect("c1", "ann");
    ConsumerId consumer = new ConsumerId("c1");
    store.mailboxes().orphan(consumer, node.id(), Duration.ofHours(1));

    node.publish("userann", "hello");
    time.advance(3_000);

    assertThat(ann.received()).containsExactly("hello");
  }

  @Test
  void shouldDeliverWhatIsDueFromBeforeALeaveWhosePushIsLost() {
    TestNode node = TestNode.start("first", store, time);
    RecordingConnection ann = node.connect("c1", "ann").silent();
    node.join("room", "c1");
    node.publish("room", "one");
    node.publish("room", "two");
    store.faults().dropNextPush();
    node.leave("room", "c1");
    time.advance(3_000);

    ann.answering();
    time.advance(1_000);
    node.publish("room", "three");

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldStayOutOfARoomThatWasLeftWhileNobodyOwnedTheMailbox() {
    TestNode node = TestNode.start("first", store, time);
    RecordingConnection ann = node.connect("c1", "ann");
    node.join("room", "c1");
    store.mailboxes().orphan(new ConsumerId("c1"), node.id(), Duration.ofHours(1));
    node.leave("room", "c1");

    // Its write is refused, and the node claims the mailbox again.
    node.publish("userann", "hello");
    time.advance(3_000);
    node.publish("room", "not for ann");

    assertThat(ann.received()).containsExactly("hello");
  }

  @Test
  void shouldStayOutOfARoomThatWasLeftWhileAnOpeningLostItsMailbox() {
    TestNode node = TestNode.start("first", store, time);
    ConsumerId consumer = new ConsumerId("c1");
    node.join("room", "c1");
    for (int room = 0; room < 3; room++) {
      store.faults().failNextCall(Moment.BEFORE_APPLYING, "RoomLog.watch");
    }
    RecordingConnection ann = node.connect("c1", "ann");

    store.mailboxes().orphan(consumer, node.id(), Duration.ofHours(1));
    node.leave("room", "c1");
    time.advance(3_000);

    assertThat(ann.closeReason()).isEqualTo(CloseReason.UNAVAILABLE);
    assertThat(
            store.mailboxes().read(consumer).toCompletableFuture().join().orElseThrow().cursors())
        .doesNotContainKey(new RoomName("room"));
  }

  @Test
  void shouldStayInARoomThatWasLeftAndEnteredAgainWhenOnlyTheLeaveIsHeard() {
    TestNode node = TestNode.start("first", store, time);
    RecordingConnection ann = node.connect("c1", "ann").silent();
    node.join("room", "c1");
    node.publish("room", "one");
    node.publish("room", "two");
    node.leave("room", "c1");
    store.faults().dropNextPush();
    node.join("room", "c1");
    time.advance(3_000);

    ann.answering();
    time.advance(1_000);
    node.publish("room", "three");

    assertThat(ann.received()).containsExactly("one", "two", "three");
  }

  @Test
  void shouldDeliverWhatCameBetweenALeaveAndThePushOfTheNextJoin() {
    TestNode node = TestNode.start("first", store, time);
    RecordingConnection ann = node.connect("c1", "ann").silent();
    node.join("room", "c1");
    Published one = node.publish("room", "one");
    node.leave("room", "c1");
    node.publish("room", "two");
    store
        .mailboxes()
        .join(
            new ConsumerId("c1"),
            new RoomName("room"),
            new Position(one.epoch(), one.lastOffset()),
            Duration.ofHours(1),
            10);
    time.settle();

    ann.answering();
    time.settle();

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldBeOnTheUsersListAgainHoweverOftenTheStoreFailsMeanwhile() {
    TestNode node = TestNode.start("first", store, time);
    node.connect("c1", "ann");
    ConsumerId consumer = new ConsumerId("c1");
    UserId user = new UserId("ann");
    store
        .mailboxes()
        .orphan(consumer, node.id(), Duration.ofHours(1))
        .thenCompose(orphan -> store.users().leave(user, consumer, orphan.get().fence()));
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "UserDirectory.enter");

    // Its write is refused, and the node claims the mailbox again.
    node.publish("userann", "hello");
    time.advance(500);
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.claim");
    time.advance(5_000);

    assertThat(store.users().connections(user).toCompletableFuture().join())
        .extracting(connection -> connection.consumer())
        .containsExactly(consumer);
  }

  @Test
  void shouldWriteWhatWasRefusedUnderAnEarlierClaim() {
    TestNode node = TestNode.start("first", store, time);
    node.connect("c1", "ann");
    ConsumerId consumer = new ConsumerId("c1");
    store.mailboxes().orphan(consumer, node.id(), Duration.ofHours(1));

    // Its write is refused, and the node claims the mailbox again.
    node.publish("userann", "hello");
    time.advance(3_000);

    assertThat(
            store.mailboxes().read(consumer).toCompletableFuture().join().orElseThrow().cursors())
        .extractingByKey(new RoomName("userann"))
        .extracting(Position::offset)
        .isEqualTo(1L);
  }
}
