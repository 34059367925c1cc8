package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import io.snapper.core.store.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link io.snapper.core.store.Mailboxes} promise of rooms, cursors and batches. */
public abstract class MailboxContentContract extends MailboxContract {
  @Test
  void shouldEnterARoomOnceAndOnlyWithTheRightFence() {
    long fence = claim(NODE).mailbox().fence();

    assertThat(enter(fence, ROOM, "e:4")).isTrue();
    assertThat(enter(fence, ROOM, "e:9")).isTrue();
    assertThat(enter(fence - 1, OTHER_ROOM, "e:1")).isFalse();

    assertThat(read().cursors()).isEqualTo(Map.of(ROOM, at("e:4")));
  }

  @Test
  void shouldMoveCursorsForwardWithinAnEpochAndAnywhereToAnotherOne() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:4");

    save(fence, "e:10");
    assertThat(read().cursors()).containsEntry(ROOM, at("e:10"));
    save(fence, "e:9");
    assertThat(read().cursors()).containsEntry(ROOM, at("e:10"));
    save(fence, "f:2");
    assertThat(read().cursors()).containsEntry(ROOM, at("f:2"));
  }

  @Test
  void shouldLeaveARoomLeftThatIsSavedLate() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:4");
    get(store().mailboxes().leave(CONSUMER, ROOM, at("e:5")));

    save(fence, "e:10");

    assertThat(read().cursors()).isEmpty();
  }

  @Test
  void shouldMoveARoomThatWasComeBackToByWhatWasKnownOfItBefore() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:4");

    saveLeft(fence, "e:6");
    assertThat(read().cursors()).containsEntry(ROOM, at("e:6"));
    saveLeft(fence, "e:5");
    saveLeft(fence, "f:9");
    assertThat(read().cursors()).containsEntry(ROOM, at("e:6"));
    get(store().mailboxes().leave(CONSUMER, ROOM, at("e:6")));
    saveLeft(fence, "e:7");
    assertThat(read().cursors()).isEmpty();
  }

  @Test
  void shouldSaveManyMailboxesAndNameTheStaleOnes() {
    List<MailboxUpdate> updates = new ArrayList<>();
    List<ConsumerId> stale = new ArrayList<>();
    for (int index = 0; index < 300; index++) {
      ConsumerId consumer = new ConsumerId("consumer " + index);
      long fence = claim(consumer, NODE).mailbox().fence();
      get(store().mailboxes().enter(consumer, fence, ROOM, at("e:0")));
      boolean isStale = index % 3 == 0;
      if (isStale) {
        claim(consumer, OTHER_NODE);
        stale.add(consumer);
      }
      updates.add(
          new MailboxUpdate(
              consumer,
              fence,
              1,
              Map.of(ROOM, new Position("e", index + 1)),
              index % 2 == 0 ? Optional.of(BATCH) : Optional.empty()));
    }

    assertThat(get(store().mailboxes().save(updates))).containsExactlyInAnyOrderElementsOf(stale);

    for (int index = 0; index < 300; index++) {
      Mailbox mailbox =
          get(store().mailboxes().read(new ConsumerId("consumer " + index))).orElseThrow();
      boolean isStale = index % 3 == 0;
      assertThat(mailbox.cursors().get(ROOM).offset()).isEqualTo(isStale ? 0 : index + 1);
      assertThat(mailbox.inFlight().isPresent()).isEqualTo(!isStale && index % 2 == 0);
    }
  }

  @Test
  void shouldSaveNothing() {
    assertThat(get(store().mailboxes().save(List.of()))).isEmpty();
  }

  @Test
  void shouldCallAMailboxThatIsGoneStale() {
    assertThat(save(1, "e:1")).isFalse();
    assertThat(get(store().mailboxes().read(CONSUMER))).isEmpty();
  }

  @Test
  void shouldKeepAndRemoveTheBatchInFlight() {
    long fence = claim(NODE).mailbox().fence();

    save(update(fence, Map.of(), Optional.of(BATCH)));
    assertThat(read().inFlight()).contains(BATCH);
    save(update(fence, Map.of(), Optional.empty()));
    assertThat(read().inFlight()).isEmpty();
  }

  @Test
  void shouldLeaveTheContentAsItIsWhenGivenUpUnchanged() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");
    save(update(fence, Map.of(), Optional.of(BATCH)));
    MailboxUpdate unchanged = MailboxUpdate.unchanged(CONSUMER, fence);

    assertThat(get(store().mailboxes().release(unchanged, NODE, LIFE))).isTrue();

    assertThat(read())
        .isEqualTo(
            new Mailbox(Optional.empty(), fence, Map.of(ROOM, at("e:1")), Optional.of(BATCH)));
  }

  @Test
  void shouldTakeAHandoverThatComesAfterTheNextOwnerGaveItUpUnchanged() {
    listenAs(NODE);
    long first = claim(NODE).mailbox().fence();
    enter(first, ROOM, "e:1");
    long second = claim(OTHER_NODE).mailbox().fence();
    MailboxUpdate unchanged = MailboxUpdate.unchanged(CONSUMER, second);
    get(store().mailboxes().release(unchanged, OTHER_NODE, LIFE));

    MailboxUpdate lastState = update(first, Map.of(ROOM, at("e:5")), Optional.of(BATCH));

    assertThat(get(store().mailboxes().handOver(lastState))).isTrue();
    assertThat(read().inFlight()).contains(BATCH);
    assertThat(read().cursors()).containsEntry(ROOM, at("e:5"));
  }

  @Test
  void shouldIgnoreAWriteThatALaterOneHasOvertaken() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:0");
    MailboxUpdate earlier = update(fence, Map.of(ROOM, at("d:1")), Optional.empty());
    MailboxUpdate later = update(fence, Map.of(ROOM, at("f:2")), Optional.of(BATCH));

    assertThat(get(store().mailboxes().save(List.of(later)))).isEmpty();
    assertThat(get(store().mailboxes().save(List.of(earlier)))).isEmpty();

    assertThat(read().inFlight()).contains(BATCH);
    assertThat(read().cursors()).isEqualTo(Map.of(ROOM, at("f:2")));
  }

  @Test
  void shouldCountTheWritesOfEachClaimAnew() {
    long fence = claim(NODE).mailbox().fence();
    MailboxUpdate first = new MailboxUpdate(CONSUMER, fence, 7, Map.of(), Optional.empty());
    save(first);

    long nextFence = claim(NODE).mailbox().fence();
    MailboxUpdate next = new MailboxUpdate(CONSUMER, nextFence, 1, Map.of(), Optional.of(BATCH));
    save(next);

    assertThat(read().inFlight()).contains(BATCH);
  }

  @Test
  void shouldTellTheOwnerOfAJoinThatChangesSomething() {
    RecordedPushes pushes = listenAs(NODE);
    long fence = claim(NODE).mailbox().fence();

    assertThat(join("e:3")).isTrue();
    assertThat(join("e:9")).isFalse();

    assertThat(pushes.await(1)).containsExactly(new Push.Joined(CONSUMER, ROOM, at("e:3"), fence));
    assertThat(read().cursors()).isEqualTo(Map.of(ROOM, at("e:3")));
  }

  @Test
  void shouldMakeAMailboxAtAJoin() {
    assertThat(join("e:3")).isTrue();

    assertThat(read())
        .isEqualTo(new Mailbox(Optional.empty(), 0, Map.of(ROOM, at("e:3")), Optional.empty()));
  }

  @Test
  void shouldEndAMailboxThatAJoinMadeAfterItsLife() {
    assertThat(get(store().mailboxes().join(CONSUMER, ROOM, at("e:3"), SHORT_LIFE, MAX_ROOMS)))
        .isTrue();

    store().await(() -> get(store().mailboxes().read(CONSUMER)).isEmpty());
  }

  @Test
  void shouldKeepTheRoomsOfAMailboxThatAJoinMade() {
    get(store().mailboxes().join(CONSUMER, ROOM, at("e:3"), LIFE, MAX_ROOMS));

    assertThat(claim(NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:3")));
  }

  @Test
  void shouldTellTheOwnerOfALeaveThatChangesSomething() {
    RecordedPushes pushes = listenAs(NODE);
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");

    assertThat(get(store().mailboxes().leave(CONSUMER, ROOM, at("e:7")))).isTrue();
    assertThat(get(store().mailboxes().leave(CONSUMER, ROOM, at("e:8")))).isFalse();

    assertThat(pushes.await(1)).containsExactly(new Push.Left(CONSUMER, ROOM, at("e:7"), fence));
    assertThat(read().cursors()).isEmpty();
  }

  @Test
  void shouldSayWhetherAnOwnerWasAskedToClose() {
    assertThat(get(store().mailboxes().requestClose(CONSUMER))).isFalse();
    claim(NODE);
    assertThat(get(store().mailboxes().requestClose(CONSUMER))).isFalse();
    RecordedPushes pushes = listenAs(NODE);

    assertThat(get(store().mailboxes().requestClose(CONSUMER))).isTrue();

    assertThat(pushes.await(1)).containsExactly(new Push.CloseRequested(CONSUMER));
  }

  @Test
  void shouldRefuseAJoinThatIsOneTooMany() {
    claim(NODE);
    for (int number = 1; number <= MAX_ROOMS; number++) {
      assertThat(join(new RoomName("room " + number))).isTrue();
    }

    assertThatThrownBy(() -> join(new RoomName("one too many")))
        .hasMessageContaining("limit")
        .hasMessageContaining(String.valueOf(MAX_ROOMS));
    assertThat(join(new RoomName("room 1"))).isFalse();
  }
}
