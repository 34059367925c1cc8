package io.snapper.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a node writes of the rooms that it watches when it stops. */
class RoomInterestsTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final int MANY_SECONDS_MS = 20_000;

  private final HandMovedTime time = new HandMovedTime();
  private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, calls::add, Runnable::run, InMemoryStore.Settings.defaults());
  private final RoomInterests interests =
      new RoomInterests(store.roomLog(), new NodeId("node"), time);

  @Test
  void shouldHaveStoppedOnceTheLastWriteIsThere() {
    interests.attach(ROOM, 0);

    CompletableFuture<Void> stopped = interests.stop().toCompletableFuture();

    assertThat(stopped).isNotDone();
    calls.remove().run();
    assertThat(stopped).isCompleted();
  }

  @Test
  void shouldWriteNothingAfterItHasStopped() {
    interests.attach(ROOM, 0);
    calls.remove().run();
    assertThat(interests.stop()).isCompleted();

    interests.adjust(ROOM, 1);
    interests.flushCounts();
    interests.refresh(ROOM);
    interests.onUnwatchedPush(new RoomName("other"));
    time.advance(MANY_SECONDS_MS);

    assertThat(calls).isEmpty();
  }

  @Test
  void shouldNotRepeatAWriteThatFailedAfterItHasStopped() {
    store.faults().failNextCall(StoreFaults.Moment.BEFORE_APPLYING);
    interests.attach(ROOM, 0);

    CompletableFuture<Void> stopped = interests.stop().toCompletableFuture();
    calls.remove().run();
    time.advance(MANY_SECONDS_MS);

    assertThat(stopped).isCompleted();
    assertThat(calls).isEmpty();
  }
}
