package io.snapper.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.PublishOptions;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.Published;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final long HELD_LIMIT_BYTES = 10_000;

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final Publisher publisher =
      new Publisher(
          store.roomLog(),
          store.channel()::partitionOf,
          new NodeId("node"),
          time,
          time::nanoTime,
          HELD_LIMIT_BYTES);

  @Test
  void shouldSayWhereEachPublicationWasStored() {
    Published first = publish(PublishOptions.HELD, "a", "b").join();
    Published second = publish(PublishOptions.HELD, "c").join();

    assertThat(first.firstOffset()).isEqualTo(1);
    assertThat(first.lastOffset()).isEqualTo(2);
    assertThat(second.firstOffset()).isEqualTo(3);
    assertThat(second.epoch()).isEqualTo(first.epoch());
  }

  @Test
  void shouldKeepTheOrderOfCallsWhileTheStoreIsAway() {
    store.faults().setAway(true);
    List<CompletableFuture<Published>> results = new ArrayList<>();
    for (int number = 1; number <= 20; number++) {
      results.add(publish(PublishOptions.HELD, "m" + number));
      time.advance(100);
    }

    store.faults().setAway(false);
    time.advance(2_000);

    assertThat(results).allMatch(CompletableFuture::isDone);
    assertThat(stored())
        .containsExactly(
            "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12", "m13", "m14",
            "m15", "m16", "m17", "m18", "m19", "m20");
  }

  @Test
  void shouldStoreOnceWhenTheAnswerIsLost() {
    store.faults().failNextCall(Moment.AFTER_APPLYING, "RoomLog.publish");

    CompletableFuture<Published> result = publish(PublishOptions.HELD, "once");
    time.advance(1_000);

    assertThat(result.join().repeated()).isFalse();
    assertThat(stored()).containsExactly("once");
  }

  @Test
  void shouldStoreOnceThoughTheStoreIsAwayForLongerThanItKnowsARequest() {
    store.faults().failNextCall(Moment.AFTER_APPLYING, "RoomLog.publish");
    CompletableFuture<Published> uncertain = publish(PublishOptions.HELD, "stored, and no answer");
    store.faults().setAway(true);
    CompletableFuture<Published> waiting = publish(PublishOptions.HELD, "not sent yet");
    time.advance(3 * PublishRequest.MEMORY.toMillis());

    store.faults().setAway(false);
    publisher.onStoreAnswered();
    time.advance(2_000);

    assertThat(codeOf(uncertain)).isEqualTo(ErrorCode.UNCERTAIN);
    assertThat(waiting).isCompleted();
    assertThat(stored()).containsExactly("stored, and no answer", "not sent yet");
    assertThat(publisher.heldBytes()).isZero();
    assertThat(publisher.rooms()).isZero();
  }

  @Test
  void shouldHoldARequestForMinutesWhileTheStoreIsAway() {
    store.faults().setAway(true);
    CompletableFuture<Published> held = publish(PublishOptions.HELD, "held");
    time.advance(7 * 60_000);

    store.faults().setAway(false);
    time.advance(2_000);

    assertThat(held).isCompleted();
    assertThat(stored()).containsExactly("held");
  }

  @Test
  void shouldRefuseAtOnceWhatMustNotBeHeldWhileTheStoreIsAway() {
    store.faults().setAway(true);

    CompletableFuture<Published> first = publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE, "a");
    CompletableFuture<Published> second = publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE, "b");

    assertThat(codeOf(first)).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(codeOf(second)).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(publisher.heldBytes()).isZero();
  }

  /** In a cluster one master may be away, and the others not. */
  @Test
  void shouldRefuseAtOnceOnlyWhereTheStoreIsAway() {
    RoomName elsewhere = roomOfAnotherPartition();
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "RoomLog.publish");
    publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE, "a");

    CompletableFuture<Published> there =
        publisher
            .publish(elsewhere, List.of("b"), PublishOptions.REFUSED_WHILE_UNAVAILABLE)
            .toCompletableFuture();

    assertThat(there).isCompleted();
    assertThat(codeOf(publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE, "c")))
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  private RoomName roomOfAnotherPartition() {
    int taken = store.channel().partitionOf(ROOM);
    return IntStream.range(0, 100)
        .mapToObj(number -> new RoomName("room" + number))
        .filter(room -> store.channel().partitionOf(room) != taken)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldServeAgainAfterTheStoreHasAnswered() {
    store.faults().setAway(true);
    publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE, "a");
    store.faults().setAway(false);

    publisher.onStoreAnswered();

    assertThat(publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE, "b")).isCompleted();
  }

  @Test
  void shouldRefuseWhatIsOverTheHeldLimitAndTakeItLater() {
    store.faults().setAway(true);
    String half = "x".repeat((int) HELD_LIMIT_BYTES / 4);
    CompletableFuture<Published> held = publish(PublishOptions.HELD, half);

    assertThat(codeOf(publish(PublishOptions.HELD, half))).isEqualTo(ErrorCode.OVERLOADED);
    store.faults().setAway(false);
    time.advance(2_000);

    assertThat(held).isCompleted();
    assertThat(publish(PublishOptions.HELD, half)).isCompleted();
    assertThat(publisher.heldBytes()).isZero();
  }

  @Test
  void shouldStoreOnceUnderOneIdempotencyKey() {
    Published first = publish(PublishOptions.idempotent("key"), "a").join();
    Published again = publish(PublishOptions.idempotent("key"), "a").join();

    assertThat(again.repeated()).isTrue();
    assertThat(again.firstOffset()).isEqualTo(first.firstOffset());
    assertThat(stored()).containsExactly("a");
    assertThat(publisher.storedMessages()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnIdempotencyKeyThatComesWithOtherContent() {
    publish(PublishOptions.idempotent("key"), "a").join();

    CompletableFuture<Published> other = publish(PublishOptions.idempotent("key"), "b");

    assertThat(codeOf(other)).isEqualTo(ErrorCode.CONFLICT);
    assertThat(stored()).containsExactly("a");
  }

  @Test
  void shouldStoreOnceWhatIsNumberedAndTellIt() {
    PublishOptions third = PublishOptions.numbered(new Sequence("p", 3, 0));

    Published first = publish(third, "a").join();
    Published again = publish(third, "a").join();
    Published next = publish(PublishOptions.numbered(new Sequence("p", 4, 0)), "b").join();

    assertThat(first.repeated()).isFalse();
    assertThat(again.repeated()).isTrue();
    assertThat(next.repeated()).isFalse();
    assertThat(stored()).containsExactly("a", "b");
  }

  @Test
  void shouldHoldWhatIsNumberedWhileTheStoreIsAwayAndStoreItOnce() {
    PublishOptions third = PublishOptions.numbered(new Sequence("p", 3, 0));
    store.faults().setAway(true);

    CompletableFuture<Published> first = publish(third, "a");
    CompletableFuture<Published> again = publish(third, "a");
    store.faults().setAway(false);
    time.advance(2_000);

    assertThat(first.join().repeated()).isFalse();
    assertThat(again.join().repeated()).isTrue();
    assertThat(stored()).containsExactly("a");
  }

  @Test
  void shouldTellWhenNothingWaitsForTheStore() {
    assertThat(publisher.whenIdle().toCompletableFuture()).isCompleted();
    store.faults().setAway(true);
    publish(PublishOptions.HELD, "a", "b");
    publish(PublishOptions.HELD, "c");

    CompletableFuture<Void> idle = publisher.whenIdle().toCompletableFuture();
    assertThat(publisher.unstoredMessages()).isEqualTo(3);
    assertThat(idle).isNotDone();

    store.faults().setAway(false);
    time.advance(2_000);
    assertThat(idle).isCompleted();
    assertThat(publisher.unstoredMessages()).isZero();
  }

  private CompletableFuture<Published> publish(PublishOptions options, String... texts) {
    CompletionStage<Published> result = publisher.publish(ROOM, List.of(texts), options);
    return result.toCompletableFuture();
  }

  private List<String> stored() {
    return store
        .roomLog()
        .read(ROOM, 0, 1000, 1 << 20)
        .toCompletableFuture()
        .join()
        .messages()
        .stream()
        .map(Message::payload)
        .toList();
  }

  private static ErrorCode codeOf(CompletableFuture<?> failed) {
    try {
      failed.join();
      return null;
    } catch (CompletionException failure) {
      return ((SnapperException) failure.getCause()).code();
    }
  }
}
