package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link io.snapper.core.store.Mailboxes} promise of what is only noted. */
public abstract class MailboxNotesContract extends MailboxContract {
  @Test
  void shouldWriteWhatWasNotedWhenAnotherNodeClaims() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");
    assertThat(read().cursors()).containsEntry(ROOM, at("e:2"));

    Mailbox claimed = claim(OTHER_NODE).mailbox();

    assertThat(claimed.cursors()).isEqualTo(Map.of(ROOM, at("e:9")));
    assertThat(claimed.fence()).isEqualTo(fence + 1);
    assertThat(read()).isEqualTo(claimed);
  }

  @Test
  void shouldWriteWhatWasNotedWhenItsNodeIsDeadAndRemoved() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");
    orphan(NODE);
    get(store().nodes().remove(NODE));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:9")));
  }

  @Test
  void shouldWriteWhatWasNotedWhenTheSameNodeClaimsAgain() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");

    assertThat(claim(NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:9")));
  }

  @Test
  void shouldTakeTheLatestNote() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");
    note(NODE, fence, "f:1:1700000000000");

    assertThat(claim(OTHER_NODE).mailbox().cursors())
        .isEqualTo(Map.of(ROOM, at("f:1:1700000000000")));
  }

  @Test
  void shouldKeepTheBatchInFlight() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(update(fence, Map.of(), Optional.of(BATCH)));
    note(NODE, fence, "e:9");

    assertThat(claim(OTHER_NODE).mailbox().inFlight()).contains(BATCH);
  }

  @Test
  void shouldIgnoreANoteBeforeTheFirstSave() {
    long fence = claimWithRoomAt(NODE, "e:1");
    note(NODE, fence, "e:9");

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:1")));
  }

  @Test
  void shouldIgnoreANoteThatALaterSaveHasOvertaken() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    MailboxUpdate earlier = update(fence, Map.of(ROOM, at("d:9")), Optional.empty());
    save(fence, "e:3");
    get(store().mailboxes().note(NODE, List.of(earlier)));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:3")));
  }

  @Test
  void shouldIgnoreTheNotesOfAStaleOwner() {
    long first = claimWithRoomAt(NODE, "e:1");
    save(first, "e:2");
    long second = claim(OTHER_NODE).mailbox().fence();
    save(second, "e:3");
    note(NODE, first, "e:9");

    assertThat(claim(NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:3")));
  }

  @Test
  void shouldIgnoreTheNoteOfAnEarlierClaimOfTheSameNode() {
    long first = claimWithRoomAt(NODE, "e:1");
    save(first, "e:2");
    note(NODE, first, "d:9");
    long second = claim(NODE).mailbox().fence();
    save(new MailboxUpdate(CONSUMER, second, 1, Map.of(ROOM, at("e:3")), Optional.empty()));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:3")));
  }

  @Test
  void shouldWriteANoteIntoTheMailboxOnce() {
    long first = claimWithRoomAt(NODE, "e:1");
    save(first, "e:2");
    note(NODE, first, "e:9");
    claim(OTHER_NODE);
    get(store().mailboxes().leave(CONSUMER, ROOM, at("e:9")));
    join("f:1");

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("f:1")));
  }

  @Test
  void shouldLeaveARoomLeftThatWasNoted() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");
    get(store().mailboxes().leave(CONSUMER, ROOM, at("e:9")));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEmpty();
  }

  @Test
  void shouldKnowTheLastStateOfAMailboxThatWasGivenUp() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    MailboxUpdate late = update(fence, Map.of(ROOM, at("d:9")), Optional.empty());
    MailboxUpdate last = update(fence, Map.of(ROOM, at("e:5")), Optional.empty());
    get(store().mailboxes().release(last, NODE, LIFE));
    get(store().mailboxes().note(NODE, List.of(late)));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:5")));
  }

  @Test
  void shouldWriteWhatWasNotedOfAMailboxThatWasGivenUpUnchanged() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");
    get(store().mailboxes().release(MailboxUpdate.unchanged(CONSUMER, fence), NODE, LIFE));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:9")));
  }

  @Test
  void shouldWaitForAHandoverBeforeANoteIsWritten() {
    listenAs(NODE);
    long first = claimWithRoomAt(NODE, "e:1");
    save(first, "e:2");
    note(NODE, first, "e:9");

    Mailbox claimed = claim(OTHER_NODE).mailbox();

    assertThat(claimed.cursors()).isEqualTo(Map.of(ROOM, at("e:2")));
    assertThat(settle(claimed.fence()).cursors()).isEqualTo(Map.of(ROOM, at("e:9")));
  }

  @Test
  void shouldIgnoreTheNoteOfAnOwnerThatHasHandedOver() {
    listenAs(NODE);
    long first = claimWithRoomAt(NODE, "e:1");
    save(first, "e:2");
    note(NODE, first, "d:9");
    long second = claim(OTHER_NODE).mailbox().fence();
    handOver(first, "e:5");

    assertThat(settle(second).cursors()).isEqualTo(Map.of(ROOM, at("e:5")));
  }

  @Test
  void shouldDropNotes() {
    long fence = claimWithRoomAt(NODE, "e:1");
    save(fence, "e:2");
    note(NODE, fence, "e:9");
    get(store().mailboxes().dropNotes(NODE, List.of(CONSUMER)));
    get(store().mailboxes().dropNotes(NODE, List.of(CONSUMER, new ConsumerId("nobody"))));

    assertThat(claim(OTHER_NODE).mailbox().cursors()).isEqualTo(Map.of(ROOM, at("e:2")));
  }

  @Test
  void shouldNoteManyConsumersAtATime() {
    List<MailboxUpdate> notes = new ArrayList<>();
    List<ConsumerId> consumers = new ArrayList<>();
    for (int index = 0; index < 3_000; index++) {
      consumers.add(new ConsumerId("consumer \u00fc " + index));
    }
    for (int index = 0; index < consumers.size(); index++) {
      long fence = claim(consumers.get(index), NODE).mailbox().fence();
      get(store().mailboxes().enter(consumers.get(index), fence, ROOM, at("e:0")));
      save(numbered(index, consumers, fence, 1, 0));
      notes.add(numbered(index, consumers, fence, 2, index + 1));
    }

    get(store().mailboxes().note(NODE, notes));

    for (int index = 0; index < consumers.size(); index += 7) {
      assertThat(claim(consumers.get(index), OTHER_NODE).mailbox().cursors())
          .isEqualTo(Map.of(ROOM, new Position("e", index + 1)));
    }
    get(store().mailboxes().dropNotes(NODE, consumers));
    assertThat(claim(consumers.get(1), OTHER_NODE).mailbox().cursors())
        .isEqualTo(Map.of(ROOM, at("e:0")));
  }

  private static MailboxUpdate numbered(
      int index, List<ConsumerId> consumers, long fence, long number, long offset) {
    return new MailboxUpdate(
        consumers.get(index),
        fence,
        number,
        Map.of(ROOM, new Position("e", offset)),
        Optional.empty());
  }

  @Test
  void shouldNoteAndDropNothing() {
    get(store().mailboxes().note(NODE, List.of()));
    get(store().mailboxes().dropNotes(NODE, List.of()));
  }

  @Test
  void shouldNoteSeveralRooms() {
    RoomName withTab = new RoomName("r:1 \u2028 %09 :");
    long fence = claimWithRoomAt(NODE, "e:1");
    enter(fence, withTab, "f:0");
    save(fence, "e:2");
    MailboxUpdate note =
        update(fence, Map.of(ROOM, at("e:9"), withTab, at("f:3")), Optional.empty());
    get(store().mailboxes().note(NODE, List.of(note)));

    assertThat(claim(OTHER_NODE).mailbox().cursors())
        .isEqualTo(Map.of(ROOM, at("e:9"), withTab, at("f:3")));
  }

  private long claimWithRoomAt(NodeId node, String start) {
    long fence = claim(node).mailbox().fence();
    enter(fence, ROOM, start);
    return fence;
  }

  private void note(NodeId node, long fence, String position) {
    MailboxUpdate update = update(fence, Map.of(ROOM, at(position)), Optional.empty());
    get(store().mailboxes().note(node, List.of(update)));
  }

  private Mailbox settle(long fence) {
    return get(store().mailboxes().settle(CONSUMER, fence));
  }
}
