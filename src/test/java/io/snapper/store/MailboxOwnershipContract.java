package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import io.snapper.core.store.Mailboxes.Orphan;
import io.snapper.core.store.Push;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link io.snapper.core.store.Mailboxes} promise of owners, fences and lives. */
public abstract class MailboxOwnershipContract extends MailboxContract {
  @Test
  void shouldMakeAnEmptyMailboxAtTheFirstClaim() {
    Claim claim = claim(NODE);

    assertThat(claim.handoverPending()).isFalse();
    assertThat(claim.mailbox().fence()).isPositive();
    assertThat(claim.mailbox())
        .isEqualTo(
            new Mailbox(Optional.of(NODE), claim.mailbox().fence(), Map.of(), Optional.empty()));
    assertThat(get(store().mailboxes().read(CONSUMER))).contains(claim.mailbox());
  }

  @Test
  void shouldReadNothingWhereThereIsNoMailbox() {
    assertThat(get(store().mailboxes().read(CONSUMER))).isEmpty();
  }

  @Test
  void shouldRaiseTheFenceByOneAtEachClaim() {
    long first = claim(NODE).mailbox().fence();

    assertThat(claim(NODE).mailbox().fence()).isEqualTo(first + 1);
    assertThat(claim(OTHER_NODE).mailbox().fence()).isEqualTo(first + 2);
  }

  @Test
  void shouldClaimAMailboxThatNobodyHasClaimedSince() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");
    orphan(NODE);

    Optional<Mailbox> claimed = claimUnchanged(fence);

    assertThat(claimed)
        .contains(
            new Mailbox(Optional.of(NODE), fence + 1, Map.of(ROOM, at("e:1")), Optional.empty()));
    assertThat(claimUnchanged(fence)).isEmpty();
  }

  @Test
  void shouldNotClaimAMailboxThatSomebodyElseHasClaimedSince() {
    long fence = claim(NODE).mailbox().fence();
    RecordedPushes pushes = listenAs(OTHER_NODE);
    claim(OTHER_NODE);

    assertThat(claimUnchanged(fence)).isEmpty();

    assertThat(read().owner()).contains(OTHER_NODE);
    assertThat(pushes.pushes()).isEmpty();
  }

  @Test
  void shouldClaimAMailboxThatIsLostUnlessThereIsANewOne() {
    assertThat(claimUnchanged(5)).isEmpty();
    assertThat(get(store().mailboxes().read(CONSUMER))).isEmpty();
    join(ROOM);

    assertThat(claimUnchanged(0).orElseThrow().cursors()).containsOnlyKeys(ROOM);
    assertThat(claimUnchanged(0)).isEmpty();
  }

  private Optional<Mailbox> claimUnchanged(long fence) {
    return get(store().mailboxes().claimUnchanged(CONSUMER, USER, DeviceKind.WEB, NODE, fence));
  }

  @Test
  void shouldEvictTheOwnerBeforeAndWaitForItsHandover() {
    RecordedPushes evicted = listenAs(NODE);
    long first = claim(NODE).mailbox().fence();

    Claim claim = claim(OTHER_NODE);

    assertThat(claim.handoverPending()).isTrue();
    assertThat(evicted.await(1)).containsExactly(new Push.Evicted(CONSUMER, first + 1, OTHER_NODE));
  }

  @Test
  void shouldNotWaitForAnOwnerThatIsNotThere() {
    claim(NODE);

    assertThat(claim(OTHER_NODE).handoverPending()).isFalse();
  }

  @Test
  void shouldNotWaitForTheSameNode() {
    RecordedPushes pushes = listenAs(NODE);
    claim(NODE);

    assertThat(claim(NODE).handoverPending()).isFalse();
    assertThat(pushes.pushes()).isEmpty();
  }

  @Test
  void shouldTakeAHandoverOnceAndTellTheNewOwner() {
    listenAs(NODE);
    RecordedPushes pushes = listenAs(OTHER_NODE);
    long first = claim(NODE).mailbox().fence();
    enter(first, ROOM, "e:1");
    long second = claim(OTHER_NODE).mailbox().fence();
    MailboxUpdate lastState = update(first, Map.of(ROOM, at("e:5")), Optional.of(BATCH));

    assertThat(get(store().mailboxes().handOver(lastState))).isTrue();
    assertThat(get(store().mailboxes().handOver(lastState))).isFalse();

    assertThat(pushes.await(1)).containsExactly(new Push.HandedOver(CONSUMER, second));
    assertThat(read())
        .isEqualTo(
            new Mailbox(
                Optional.of(OTHER_NODE), second, Map.of(ROOM, at("e:5")), Optional.of(BATCH)));
  }

  @Test
  void shouldRefuseAHandoverAfterSettling() {
    listenAs(NODE);
    long first = claim(NODE).mailbox().fence();
    enter(first, ROOM, "e:1");
    Claim claim = claim(OTHER_NODE);

    Mailbox settled = get(store().mailboxes().settle(CONSUMER, claim.mailbox().fence()));

    assertThat(settled).isEqualTo(claim.mailbox());
    assertThat(handOver(first, "e:5")).isFalse();
    assertThat(read().cursors()).containsEntry(ROOM, at("e:1"));
  }

  @Test
  void shouldNotSettleWithAStaleFence() {
    listenAs(NODE);
    long first = claim(NODE).mailbox().fence();
    enter(first, ROOM, "e:1");
    long second = claim(OTHER_NODE).mailbox().fence();

    assertThat(get(store().mailboxes().settle(CONSUMER, first)).fence()).isEqualTo(second);

    assertThat(handOver(first, "e:5")).isTrue();
  }

  @Test
  void shouldGoOnWaitingForTheFirstOwnerWhenAThirdClaimsMeanwhile() {
    listenAs(NODE);
    RecordedPushes evicted = listenAs(OTHER_NODE);
    RecordedPushes last = listenAs(THIRD_NODE);
    long first = claim(NODE).mailbox().fence();
    enter(first, ROOM, "e:1");
    claim(OTHER_NODE);

    Claim third = claim(THIRD_NODE);

    assertThat(third.handoverPending()).isTrue();
    assertThat(evicted.await(1)).containsExactly(new Push.Evicted(CONSUMER, first + 2, THIRD_NODE));
    assertThat(handOver(first + 1, "e:9")).isFalse();
    assertThat(handOver(first, "e:5")).isTrue();
    assertThat(last.await(1)).containsExactly(new Push.HandedOver(CONSUMER, first + 2));
    assertThat(read().cursors()).containsEntry(ROOM, at("e:5"));
  }

  @Test
  void shouldGoOnWaitingWhenTheNewOwnerRepeatsItsClaim() {
    listenAs(NODE);
    long first = claim(NODE).mailbox().fence();
    claim(OTHER_NODE);

    Claim repeated = claim(OTHER_NODE);

    assertThat(repeated.handoverPending()).isTrue();
    assertThat(handOver(first, "e:5")).isTrue();
  }

  @Test
  void shouldRefuseAHandoverThatNobodyWaitsFor() {
    long fence = claim(NODE).mailbox().fence();

    assertThat(handOver(fence, "e:5")).isFalse();
    assertThat(handOver(0, "e:5")).isFalse();
  }

  @Test
  void shouldReleaseWithTheRightFenceOnly() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");
    MailboxUpdate lastState = update(fence, Map.of(ROOM, at("e:8")), Optional.of(BATCH));

    assertThat(get(store().mailboxes().release(update(fence - 1), NODE, LIFE))).isFalse();
    assertThat(read().owner()).contains(NODE);
    assertThat(get(store().mailboxes().release(lastState, NODE, LIFE))).isTrue();

    assertThat(read())
        .isEqualTo(
            new Mailbox(Optional.empty(), fence, Map.of(ROOM, at("e:8")), Optional.of(BATCH)));
  }

  @Test
  void shouldReleaseTwiceAsOnce() {
    long fence = claim(NODE).mailbox().fence();

    assertThat(get(store().mailboxes().release(update(fence), NODE, LIFE))).isTrue();
    assertThat(get(store().mailboxes().release(update(fence), NODE, LIFE))).isTrue();
  }

  @Test
  void shouldCallASaveAfterTheReleaseStale() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");
    get(store().mailboxes().release(update(fence), NODE, LIFE));

    assertThat(save(fence, "e:5")).isFalse();
    assertThat(enter(fence, OTHER_ROOM, "e:1")).isFalse();
    assertThat(read().cursors()).isEqualTo(Map.of(ROOM, at("e:1")));
  }

  @Test
  void shouldNotReleaseWhatAnotherNodeHasClaimed() {
    long first = claim(NODE).mailbox().fence();
    claim(OTHER_NODE);

    assertThat(get(store().mailboxes().release(update(first), NODE, LIFE))).isFalse();
    assertThat(read().owner()).contains(OTHER_NODE);
  }

  @Test
  void shouldEndAReleasedMailboxAfterItsLife() {
    long fence = claim(NODE).mailbox().fence();
    get(store().mailboxes().release(update(fence), NODE, SHORT_LIFE));

    store().await(() -> get(store().mailboxes().read(CONSUMER)).isEmpty());
  }

  @Test
  void shouldNotEndAMailboxThatIsClaimedInTime() {
    ConsumerId other = new ConsumerId("other");
    long otherFence = claim(other, NODE).mailbox().fence();
    long fence = claim(NODE).mailbox().fence();
    get(store().mailboxes().release(update(fence), NODE, SHORT_LIFE));
    claim(NODE);

    get(
        store()
            .mailboxes()
            .release(
                new MailboxUpdate(other, otherFence, 1, Map.of(), Optional.empty()),
                NODE,
                SHORT_LIFE));
    store().await(() -> get(store().mailboxes().read(other)).isEmpty());

    assertThat(read().owner()).contains(NODE);
  }

  @Test
  void shouldGiveANewMailboxAHigherFenceThanTheOneThatEnded() {
    long fence = claim(NODE).mailbox().fence();
    get(store().mailboxes().release(update(fence), NODE, SHORT_LIFE));
    store().await(() -> get(store().mailboxes().read(CONSUMER)).isEmpty());

    assertThat(claim(OTHER_NODE).mailbox().fence()).isGreaterThan(fence);
  }

  @Test
  void shouldWeakenOnlyTheUsersOwnMailboxThatNobodyOwns() {
    long fence = claim(NODE).mailbox().fence();
    assertThat(get(store().mailboxes().weaken(CONSUMER, USER, SHORT_LIFE))).isFalse();
    get(store().mailboxes().release(update(fence), NODE, LIFE));
    UserId stranger = new UserId("stranger");
    assertThat(get(store().mailboxes().weaken(CONSUMER, stranger, SHORT_LIFE))).isFalse();

    assertThat(get(store().mailboxes().weaken(CONSUMER, USER, SHORT_LIFE))).isTrue();

    store().await(() -> get(store().mailboxes().read(CONSUMER)).isEmpty());
    assertThat(get(store().mailboxes().weaken(CONSUMER, USER, SHORT_LIFE))).isFalse();
  }

  @Test
  void shouldNotLengthenALifeByWeakening() {
    long fence = claim(NODE).mailbox().fence();
    get(store().mailboxes().release(update(fence), NODE, SHORT_LIFE));

    get(store().mailboxes().weaken(CONSUMER, USER, LIFE));

    store().await(() -> get(store().mailboxes().read(CONSUMER)).isEmpty());
  }

  @Test
  void shouldListWhatANodeOwns() {
    int partition = store().newChannel().partitionOf(CONSUMER);
    long fence = claim(NODE).mailbox().fence();

    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).containsExactly(CONSUMER);
    assertThat(get(store().mailboxes().ownedBy(NODE, partition == 0 ? 1 : 0))).isEmpty();
    get(store().mailboxes().release(update(fence), NODE, LIFE));
    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).isEmpty();
    claim(NODE);
    claim(OTHER_NODE);
    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).isEmpty();
    assertThat(get(store().mailboxes().ownedBy(OTHER_NODE, partition))).containsExactly(CONSUMER);
  }

  @Test
  void shouldGiveUpADeadNodesMailboxAndSaySoAgain() {
    int partition = store().newChannel().partitionOf(CONSUMER);
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");

    assertThat(orphan(OTHER_NODE)).isEmpty();
    assertThat(orphan(NODE)).contains(new Orphan(USER, fence));
    assertThat(orphan(NODE)).contains(new Orphan(USER, fence));

    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).containsExactly(CONSUMER);
    assertThat(read().owner()).isEmpty();
    assertThat(save(fence, "e:5")).isFalse();
    claim(OTHER_NODE);
    assertThat(orphan(NODE)).isEmpty();
    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).isEmpty();
  }

  @Test
  void shouldTellANodeWhatWasGivenUpForIt() {
    RecordedPushes pushes = listenAs(NODE);
    long fence = claim(NODE).mailbox().fence();

    orphan(NODE);
    orphan(NODE);
    get(store().mailboxes().requestClose(CONSUMER));
    long next = claim(NODE).mailbox().fence();
    orphan(NODE);

    assertThat(pushes.await(2))
        .containsExactly(new Push.Orphaned(CONSUMER, fence), new Push.Orphaned(CONSUMER, next));
  }

  @Test
  void shouldHaveNothingToGiveUpForANodeThatHasReleasedTheMailboxItself() {
    int partition = store().newChannel().partitionOf(CONSUMER);
    long fence = claim(NODE).mailbox().fence();
    orphan(NODE);

    get(store().mailboxes().release(update(fence), NODE, LIFE));

    assertThat(orphan(NODE)).isEmpty();
    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).isEmpty();
  }

  @Test
  void shouldTakeTheLastStateOfANodeThatWasTakenForDead() {
    long fence = claim(NODE).mailbox().fence();
    enter(fence, ROOM, "e:1");
    orphan(NODE);

    assertThat(
            get(
                store()
                    .mailboxes()
                    .release(update(fence, Map.of(ROOM, at("e:5")), Optional.empty()), NODE, LIFE)))
        .isTrue();

    assertThat(read().cursors()).containsEntry(ROOM, at("e:5"));
  }

  @Test
  void shouldEndAnOrphanedMailboxAfterItsLife() {
    claim(NODE);

    get(store().mailboxes().orphan(CONSUMER, NODE, SHORT_LIFE));

    store().await(() -> get(store().mailboxes().read(CONSUMER)).isEmpty());
  }
}
