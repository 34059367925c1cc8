package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.PublishOptions;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final DeliveryOptions STRICT = UsualDelivery.but().withStrict(true).options();

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private TestNode first;
  private TestNode second;

  @BeforeEach
  void startTwoNodes() {
    first = TestNode.start("first", store, time);
    second = TestNode.start("second", store, time);
  }

  @Test
  void shouldDeliverToAUsersRoomFromTheStart() {
    RecordingConnection ann = first.connect("c1", "ann");

    second.publish("userann", "hello");

    assertThat(ann.received()).containsExactly("hello");
  }

  @Test
  void shouldDeliverToMembersOnEveryNodeInOrder() {
    RecordingConnection ann = first.connect("c1", "ann");
    RecordingConnection bob = second.connect("c2", "bob");
    assertThat(first.join("room", "c1")).isTrue();
    assertThat(first.join("room", "c2")).isTrue();

    List<String> texts = numbered(1, 200);
    texts.forEach(text -> first.publish("room", text));

    assertThat(ann.received()).isEqualTo(texts);
    assertThat(bob.received()).isEqualTo(texts);
  }

  @Test
  void shouldNotDeliverWhatWasPublishedBeforeTheJoin() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.publish("room", "before");

    first.join("room", "c1");
    first.publish("room", "after");

    assertThat(ann.received()).containsExactly("after");
  }

  @Test
  void shouldSayWhetherAJoinOrLeaveChangedSomething() {
    first.connect("c1", "ann");

    assertThat(first.join("room", "c1")).isTrue();
    assertThat(second.join("room", "c1")).isFalse();
    assertThat(second.leave("room", "c1")).isTrue();
    assertThat(first.leave("room", "c1")).isFalse();
  }

  @Test
  void shouldDeliverWhatWasPublishedBeforeTheLeaveAndNothingAfter() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.join("room", "c1");
    ann.silent();
    first.publish("room", "one");
    first.publish("room", "two");
    first.leave("room", "c1");
    first.publish("room", "three");

    ann.answering();
    time.settle();

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldKeepOneBatchInFlightAndGatherTheRest() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    numbered(1, 120).forEach(text -> first.publish("userann", text));
    assertThat(ann.received()).containsExactly("m1");

    ann.answering();
    time.settle();

    assertThat(ann.received()).isEqualTo(numbered(1, 120));
    assertThat(ann.batches())
        .extracting(batch -> batch.messages().size())
        .containsExactly(1, 50, 50, 19);
  }

  @Test
  void shouldKeepWhatADeviceMissedWhileItWasAway() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.join("room", "c1");
    first.publish("room", "one");
    ann.disconnect();
    time.settle();
    first.publish("room", "two");
    second.publish("userann", "three");

    RecordingConnection again = second.connect("c1", "ann");

    assertThat(ann.received()).containsExactly("one");
    assertThat(again.received()).containsExactlyInAnyOrder("two", "three");
  }

  @Test
  void shouldRepeatAnUnacknowledgedBatchIdenticallyOnTheOtherNode() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");
    first.publish("userann", "two");
    ann.disconnect();
    time.settle();
    first.publish("userann", "three");

    RecordingConnection again = second.connect("c1", "ann");

    assertThat(again.batches().get(0).id()).isEqualTo(ann.batches().get(0).id());
    assertThat(again.received()).containsExactly("one", "two", "three");
  }

  @Test
  void shouldHandOverWhenTheDeviceReconnectsBeforeTheOldNodeHasNoticed() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.publish("userann", "one");
    ann.silent();
    first.publish("userann", "two");

    RecordingConnection again = second.connect("c1", "ann");

    assertThat(ann.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(again.batches().get(0).id()).isEqualTo(ann.batches().get(1).id());
    assertThat(again.received()).containsExactly("two");
  }

  @Test
  void shouldCloseTheOlderConnectionOfTheSameConsumerOnOneNode() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");

    RecordingConnection again = first.connect("c1", "ann");

    assertThat(ann.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(again.received()).containsExactly("one");
    assertThat(again.closeReason()).isNull();
  }

  @Test
  void shouldFindALostLastPushWithinASecond() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.publish("userann", "one");
    store.faults().dropNextPush(first.id());
    first.publish("userann", "two");
    assertThat(ann.received()).containsExactly("one");

    time.advance(1_300);

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldFillAHoleInARoomFromTheLog() {
    RecordingConnection ann = first.connect("c1", "ann");
    store.faults().dropNextPush(first.id());
    first.publish("userann", "one");
    first.publish("userann", "two");

    time.advance(100);

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldFindALostJoin() {
    RecordingConnection ann = first.connect("c1", "ann");
    store.faults().dropNextPush(first.id());
    second.join("room", "c1");
    second.publish("room", "one");

    time.advance(1_300);

    assertThat(ann.received()).containsExactly("one");
  }

  @Test
  void shouldStoreAPublicationOnceWhenItsAnswerIsLost() {
    RecordingConnection ann = first.connect("c1", "ann");
    store.faults().failNextCall(Moment.AFTER_APPLYING, "RoomLog.publish");
    first.publish("userann", "one");
    first.publish("userann", "two");

    time.advance(2_000);

    assertThat(ann.received()).containsExactly("one", "two");
  }

  @Test
  void shouldHoldPublicationsAndKeepConsumersWhileTheStoreIsAway() {
    RecordingConnection ann = first.connect("c1", "ann");
    store.faults().setAway(true);
    first.publish("userann", "one");
    time.advance(10_000);
    first.publish("userann", "two");
    assertThat(first.broker().obstacles()).isNotEmpty();

    store.faults().setAway(false);
    time.advance(3_000);

    assertThat(ann.received()).containsExactly("one", "two");
    assertThat(ann.closeReason()).isNull();
    assertThat(first.broker().obstacles()).isEmpty();
  }

  @Test
  void shouldSendAgainOnceAndThenCloseWithoutAnAcknowledgement() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");

    time.advance(61_500);
    assertThat(ann.received()).containsExactly("one", "one");
    time.advance(61_500);

    assertThat(ann.closeReason()).isEqualTo(CloseReason.ACKNOWLEDGEMENT_TIMEOUT);
  }

  @Test
  void shouldSendARejectedBatchAgainUnchanged() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");
    ann.session().reject(ann.batches().get(0).id());

    time.advance(2_500);

    assertThat(ann.batches()).hasSize(2);
    assertThat(ann.batches().get(1).id()).isEqualTo(ann.batches().get(0).id());
  }

  @Test
  void shouldCloseWhenTheHeartbeatStops() {
    RecordingConnection ann = first.connect("c1", "ann");
    ann.dead();

    time.advance(1_100);

    assertThat(ann.closeReason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    assertThat(connectionsOf("ann")).isZero();
  }

  @Test
  void shouldCountTheConnectionsOfAUserOnAllNodes() {
    first.connect("c1", "ann");
    RecordingConnection phone = second.connect("c2", "ann");
    assertThat(connectionsOf("ann")).isEqualTo(2);

    phone.disconnect();
    time.settle();

    assertThat(connectionsOf("ann")).isEqualTo(1);
  }

  @Test
  void shouldTellASlowConsumerWhatTheLogHasLost() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    numbered(1, 2000).forEach(text -> first.publish("userann", text));
    time.advance(100);

    ann.answering();
    time.advance(100);

    assertThat(ann.gaps()).hasSize(1);
    GapNotice gap = ann.gaps().get(0);
    assertThat(gap.from()).isEqualTo(2);
    List<String> expected = new ArrayList<>(List.of("m1"));
    expected.addAll(numbered((int) gap.to() + 1, 2000));
    assertThat(ann.received()).isEqualTo(expected);
  }

  @Test
  void shouldGoOnWithANewEpochAfterTheStoreForgotEverything() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.publish("userann", "one");
    store.wipe();
    time.advance(2_000);

    first.publish("userann", "two");
    time.advance(2_000);

    assertThat(ann.closeReason()).isNull();
    assertThat(ann.gaps()).isNotEmpty();
    assertThat(ann.received()).startsWith("one").endsWith("two");
  }

  @Test
  void shouldShareOneBatchAmongMembersAtTheSamePlace() {
    RecordingConnection ann = first.connect("c1", "ann");
    RecordingConnection bob = first.connect("c5", "bob");
    first.join("room", "c1");
    first.join("room", "c5");

    first.publish("room", "one");

    assertThat(ann.batches().get(0).id()).isEqualTo(bob.batches().get(0).id());
  }

  @Test
  void shouldReachOneDeviceAndEverybody() {
    RecordingConnection ann = first.connect("c1", "ann");
    RecordingConnection bob = second.connect("c2", "bob");

    first.broker().publish(new ConsumerId("c2"), List.of("for bob"), PublishOptions.HELD);
    time.settle();
    first.publish(RoomName.EVERYONE.value(), "for all");

    assertThat(ann.received()).containsExactly("for all");
    assertThat(bob.received()).containsExactly("for bob", "for all");
  }

  /** In a cluster one master may be away for long, and the others not. */
  @Test
  void shouldHoldUpInStrictModeOnlyThePartitionThatCanNotBeWritten() {
    TestNode strict = TestNode.start("strict", store, time, STRICT);
    Map<Integer, List<RecordingConnection>> byPartition = new HashMap<>();
    for (int index = 0; index < 40; index++) {
      RecordingConnection connection = strict.connect("s" + index, "u" + index);
      strict.join("room", "s" + index);
      int partition = store.channel().partitionOf(new ConsumerId("s" + index));
      byPartition.computeIfAbsent(partition, none -> new ArrayList<>()).add(connection);
    }
    failSaves(2);
    strict.publish("room", "one");
    failSaves(1);
    time.advance(1_100);

    assertThat(byPartition.values().stream().filter(DeliveryTest::hasNothing)).hasSize(1);
    time.advance(1_000);
    assertThat(byPartition.values()).noneMatch(DeliveryTest::hasNothing);
  }

  private void failSaves(int count) {
    for (int failed = 0; failed < count; failed++) {
      store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.save");
    }
  }

  private static boolean hasNothing(List<RecordingConnection> connections) {
    return connections.stream().allMatch(connection -> connection.received().isEmpty());
  }

  @Test
  void shouldPutNobodyIntoTheRoomOfEverybody() {
    first.connect("c1", "ann");

    CompletionStage<Boolean> joined = first.broker().join(RoomName.EVERYONE, new ConsumerId("c1"));

    assertThat(joined)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("@everyone; it can't be joined");
  }

  @Test
  void shouldReachEverybodyOnceAlsoADeviceWhoseMailboxNamesThatRoom() {
    RecordingConnection before = first.connect("c1", "ann");
    ConsumerId ann = new ConsumerId("c1");
    store.mailboxes().join(ann, RoomName.EVERYONE, new Position("e", 0), Duration.ofHours(1), 10);
    before.disconnect();
    time.settle();
    RecordingConnection again = first.connect("c1", "ann");

    first.publish(RoomName.EVERYONE.value(), "for all");

    assertThat(again.received()).containsExactly("for all");
  }

  @Test
  void shouldCloseAllConnectionsOfAUser() {
    RecordingConnection ann = first.connect("c1", "ann");
    RecordingConnection phone = second.connect("c2", "ann");

    first.broker().closeAll(new UserId("ann"));
    time.settle();

    assertThat(ann.closeReason()).isEqualTo(CloseReason.CLOSED_BY_OPERATOR);
    assertThat(phone.closeReason()).isEqualTo(CloseReason.CLOSED_BY_OPERATOR);
  }

  @Test
  void shouldTakeADeadNodesConnectionsOffTheUsersListWithinItsLease() {
    first.connect("c1", "ann");
    first.kill();
    assertThat(connectionsOf(second, "ann")).isEqualTo(1);

    time.advance(7_000);

    assertThat(connectionsOf(second, "ann")).isZero();
  }

  @Test
  void shouldServeADeadNodesConsumerElsewhereWithoutALoss() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.publish("userann", "one");
    time.advance(200);
    first.kill();
    second.publish("userann", "two");

    RecordingConnection again = second.connect("c1", "ann");
    time.advance(2_000);

    assertThat(ann.received()).containsExactly("one");
    assertThat(again.received()).containsExactly("two");
  }

  @Test
  void shouldRepeatTheBatchInFlightIdenticallyAfterAKillWhenStrict() {
    TestNode strict = TestNode.start("strict", store, time, STRICT);
    RecordingConnection ann = strict.connect("c1", "ann").silent();
    strict.publish("userann", "one");
    strict.publish("userann", "two");
    strict.kill();
    second.publish("userann", "three");

    RecordingConnection again = second.connect("c1", "ann");
    time.advance(2_000);

    assertThat(again.batches().get(0).id()).isEqualTo(ann.batches().get(0).id());
    assertThat(again.received()).containsExactly("one", "two", "three");
  }

  @Test
  void shouldReleaseEveryConsumerWhenItDrains() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");

    first.broker().drain(1_000, Duration.ofSeconds(10));
    time.advance(1_000);

    assertThat(ann.closeReason()).isEqualTo(CloseReason.DRAINING);
    assertThat(first.open("c1", "ann").refusal()).isNotNull();
    assertThat(second.connect("c1", "ann").batches().get(0).id())
        .isEqualTo(ann.batches().get(0).id());
  }

  private int connectionsOf(String user) {
    return connectionsOf(first, user);
  }

  private int connectionsOf(TestNode node, String user) {
    var connections = node.broker().connections(new UserId(user));
    time.settle();
    return connections.toCompletableFuture().join().size();
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(number -> "m" + number).toList();
  }
}
