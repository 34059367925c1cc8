package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.BrokerOptions;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Mailbox;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the store knows of a consumer's position, and when. */
class CursorWriterTest {
  private static final ConsumerId ANN = new ConsumerId("c1");
  private static final RoomName ROOM = new RoomName("userann");
  private static final long INTERVAL_MS = DeliveryOptions.DEFAULTS.cursorInterval().toMillis();
  private static final long BETWEEN_SAVES_MS = 20_000;
  private static final long LIFE_OF_A_NOTE_MS = 10_000;
  private static final long LEASE_AND_MORE_MS = 8_000;

  private final HandMovedTime time = new HandMovedTime();
  private final List<String> calls = new ArrayList<>();
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs, this::record, Runnable::run, InMemoryStore.Settings.defaults());
  private final TestNode first = TestNode.start("first", store, time);

  private void record(Runnable call) {
    calls.add(call.toString());
    call.run();
  }

  private long count(String operation) {
    return calls.stream().filter(operation::equals).count();
  }

  /** Publishes a message, which is acknowledged at once, and waits for the next write. */
  private void deliver(String text) {
    first.publish(ROOM.value(), text);
    time.advance(2 * INTERVAL_MS);
  }

  private long storedOffset() {
    return mailbox().cursors().get(ROOM).offset();
  }

  private Mailbox mailbox() {
    return store.mailboxes().read(ANN).toCompletableFuture().join().orElseThrow();
  }

  @Test
  void shouldWriteTheMailboxFirstAndThenNotes() {
    first.connect("c1", "ann");

    deliver("one");
    assertThat(storedOffset()).isEqualTo(1);
    assertThat(count("Mailboxes.note")).isZero();
    deliver("two");
    deliver("three");

    assertThat(storedOffset()).isEqualTo(1);
    assertThat(count("Mailboxes.save")).isEqualTo(1);
    assertThat(count("Mailboxes.note")).isEqualTo(2);
  }

  /** A save names the batch; one that is not stored need not be named. */
  @Test
  void shouldNoteAlsoAfterABatchOfAnEarlierConnectionWasSentAgain() {
    RecordingConnection before = first.connectSilently("c1", "ann");
    first.publish(ROOM.value(), "one");
    before.disconnect();
    time.settle();
    RecordingConnection ann = first.connect("c1", "ann");
    assertThat(ann.received()).containsExactly("one");
    deliver("two");
    calls.clear();

    for (int round = 1; round <= 3; round++) {
      ann.answering();
      first.publish(ROOM.value(), "acknowledged");
      ann.silent();
      first.publish(ROOM.value(), "in flight");
      time.advance(2 * INTERVAL_MS);
    }

    assertThat(ann.received()).endsWith("acknowledged", "in flight");
    assertThat(count("Mailboxes.note")).isEqualTo(3);
    assertThat(count("Mailboxes.save")).isZero();
  }

  @Test
  void shouldRepeatNothingThatWasNotedWhenTheNodeHasDied() {
    first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    first.publish(ROOM.value(), "three");
    first.kill();
    TestNode second = TestNode.start("second", store, time);

    assertThat(second.connect("c1", "ann").received()).containsExactly("three");
  }

  @Test
  void shouldRepeatNothingThatWasNotedWhenTheDeadNodeHasBeenCleanedUp() {
    TestNode second = TestNode.start("second", store, time);
    first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    first.kill();
    time.advance(LEASE_AND_MORE_MS);
    assertThat(mailbox().owner()).isEmpty();

    assertThat(second.connect("c1", "ann").received()).isEmpty();
  }

  @Test
  void shouldRepeatNothingThatWasNotedByANodeThatStandsStill() {
    TestNode second = TestNode.start("second", store, time);
    first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    first.standStill();

    RecordingConnection moved = second.connect("c1", "ann");
    time.advance(2 * SessionOpener.HANDOVER_TIMEOUT_MS);

    assertThat(moved.session()).isNotNull();
    assertThat(moved.received()).isEmpty();
  }

  @Test
  void shouldKeepWhatWasNotedThroughSeveralDeadNodes() {
    first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    first.kill();
    TestNode second = TestNode.start("second", store, time);
    second.connect("c1", "ann");
    second.kill();
    TestNode third = TestNode.start("third", store, time);

    assertThat(third.connect("c1", "ann").received()).isEmpty();
  }

  @Test
  void shouldWriteTheMailboxSomeTimeAfterTheLastNote() {
    first.connect("c1", "ann");
    deliver("one");
    deliver("two");

    time.advance(BETWEEN_SAVES_MS);

    assertThat(storedOffset()).isEqualTo(2);
    long saves = count("Mailboxes.save");
    time.advance(4 * BETWEEN_SAVES_MS);
    assertThat(count("Mailboxes.save")).isEqualTo(saves);
  }

  @Test
  void shouldWriteTheMailboxOfABusyConsumerFromTimeToTime() {
    first.connect("c1", "ann");

    for (int number = 1; number <= 200; number++) {
      deliver("message " + number);
    }

    long seconds = 200 * 2 * INTERVAL_MS / 1_000;
    assertThat(count("Mailboxes.note")).isGreaterThan(150);
    assertThat(count("Mailboxes.save"))
        .isBetween(seconds * 1_000 / BETWEEN_SAVES_MS, seconds * 2_000 / BETWEEN_SAVES_MS + 1);
  }

  @Test
  void shouldNoticeWhileItOnlyNotesThatTheClaimIsOutdated() {
    first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    long fence = claimForTheFirstNodeUnheard();

    deliver("three");
    assertThat(mailbox().fence()).isEqualTo(fence);
    time.advance(BETWEEN_SAVES_MS);
    assertThat(mailbox().fence()).isEqualTo(fence + 1);
    assertThat(storedOffset()).isEqualTo(3);
  }

  @Test
  void shouldWriteTheMailboxFirstOnceItIsClaimedAgain() {
    TestNode second = TestNode.start("second", store, time);
    first.connect("c1", "ann");
    deliver("one");
    first.standStill();
    time.advance(LEASE_AND_MORE_MS);
    assertThat(mailbox().owner()).isEmpty();
    first.goOn();
    time.advance(2 * INTERVAL_MS);
    assertThat(mailbox().owner()).contains(first.id());

    deliver("two");
    deliver("three");
    first.kill();

    assertThat(second.connect("c1", "ann").received()).isEmpty();
  }

  /** As a claim whose answer was lost; nobody is told of it. Returns its fence. */
  private long claimForTheFirstNodeUnheard() {
    return store
        .mailboxes()
        .claimUnchanged(ANN, new UserId("ann"), DeviceKind.WEB, first.id(), mailbox().fence())
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .fence();
  }

  @Test
  void shouldSaveWhatTheStoreDoesNotNote() {
    first.connect("c1", "ann");
    deliver("one");
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.note");

    deliver("two");

    assertThat(storedOffset()).isEqualTo(2);
  }

  @Test
  void shouldWriteTheMailboxIfManyRoomsMoved() {
    first.connect("c1", "ann");
    deliver("one");
    for (int room = 0; room < 17; room++) {
      first.join("room" + room, "c1");
    }
    for (int room = 0; room < 17; room++) {
      first.publish("room" + room, "hello");
    }

    time.advance(2 * INTERVAL_MS);

    assertThat(count("Mailboxes.note")).isZero();
    assertThat(mailbox().cursors()).allSatisfy((room, at) -> assertThat(at.offset()).isOne());
  }

  @Test
  void shouldNoteNothingThatAStrictMailboxHasToKnow() {
    BrokerOptions strict = BrokerOptions.defaults("strict:8080").withDelivery(strictOptions());
    TestNode node = TestNode.start(store, time, strict);
    node.connect("c1", "ann");
    for (int number = 1; number <= 3; number++) {
      node.publish(ROOM.value(), "message " + number);
      assertThat(mailbox().inFlight()).isPresent();
      time.advance(2 * INTERVAL_MS);

      assertThat(mailbox().inFlight()).isEmpty();
      assertThat(storedOffset()).isEqualTo(number);
    }

    assertThat(count("Mailboxes.note")).isZero();
  }

  private static DeliveryOptions strictOptions() {
    return UsualDelivery.but().withStrict(true).options();
  }

  @Test
  void shouldWriteTheMailboxWhileItNamesABatchOfAnEarlierConnection() {
    RecordingConnection ann = first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    ann.silent();
    deliver("three");
    ann.disconnect();
    time.advance(2 * INTERVAL_MS);
    calls.clear();

    RecordingConnection again = first.connect("c1", "ann");
    time.advance(2 * INTERVAL_MS);

    assertThat(again.received()).containsExactly("three");
    assertThat(mailbox().inFlight()).isEmpty();
    assertThat(storedOffset()).isEqualTo(3);
    assertThat(count("Mailboxes.note")).isZero();
  }

  @Test
  void shouldDropTheNoteOfASessionThatIsOverLaterThanAnybodyReadsIt() {
    RecordingConnection ann = first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    ann.disconnect();

    time.advance(2 * SessionOpener.HANDOVER_TIMEOUT_MS);
    assertThat(count("Mailboxes.dropNotes")).isZero();
    time.advance(LIFE_OF_A_NOTE_MS);
    assertThat(count("Mailboxes.dropNotes")).isEqualTo(1);

    time.advance(4 * LIFE_OF_A_NOTE_MS);
    assertThat(count("Mailboxes.dropNotes")).isEqualTo(1);
  }

  @Test
  void shouldKeepTheNoteOfTheNextSession() {
    RecordingConnection ann = first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    ann.disconnect();
    first.connect("c1", "ann");
    for (int number = 3; number < 70; number++) {
      deliver("message " + number);
    }

    assertThat(count("Mailboxes.dropNotes")).isZero();
  }

  @Test
  void shouldNotDropWhatWasNeverNoted() {
    first.connect("c1", "ann").disconnect();

    time.advance(2 * LIFE_OF_A_NOTE_MS);

    assertThat(count("Mailboxes.dropNotes")).isZero();
  }

  @Test
  void shouldDropANoteLaterIfTheStoreIsAway() {
    RecordingConnection ann = first.connect("c1", "ann");
    deliver("one");
    deliver("two");
    ann.disconnect();
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.dropNotes");

    time.advance(2 * LIFE_OF_A_NOTE_MS);

    assertThat(count("Mailboxes.dropNotes")).isEqualTo(2);
  }
}
