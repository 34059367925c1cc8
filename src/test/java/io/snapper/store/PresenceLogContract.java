package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PresenceLog.Request;
import io.snapper.core.store.PresenceLog.Taken;
import io.snapper.core.store.UserDirectory.Connection;
import io.snapper.core.store.UserDirectory.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link PresenceLog} promises. */
public abstract class PresenceLogContract extends StoreContract {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration SHORT_LEASE = Duration.ofMillis(300);
  private static final int ALL = 100;
  private static final Connection PHONE =
      new Connection(CONSUMER, NODE, DeviceKind.IOS, 3, 1_700_000_000_000L);
  private static final Connection BROWSER =
      new Connection(new ConsumerId("t.second"), OTHER_NODE, DeviceKind.WEB, 1, 5);

  @Test
  void shouldRecordWhoComesOnlineAndWhoGoes() {
    assertThat(enter(PHONE)).isEqualTo(new Outcome(true, 1, true));
    assertThat(enter(BROWSER)).isEqualTo(new Outcome(true, 2, true));
    assertThat(leave(PHONE)).isEqualTo(new Outcome(true, 1, true));
    assertThat(leave(BROWSER)).isEqualTo(new Outcome(true, 0, true));

    List<PresenceChange> changes = take(NODE).changes();

    assertThat(changes).hasSize(2);
    PresenceChange online = changes.get(0);
    PresenceChange offline = changes.get(1);
    assertThat(online)
        .isEqualTo(
            new PresenceChange(USER, true, online.number(), online.atMs(), DeviceKind.IOS, NODE));
    assertThat(offline)
        .isEqualTo(
            new PresenceChange(
                USER, false, offline.number(), offline.atMs(), DeviceKind.WEB, OTHER_NODE));
    assertThat(offline.number()).isGreaterThan(online.number()).isPositive();
    assertThat(offline.atMs()).isGreaterThanOrEqualTo(online.atMs()).isPositive();
  }

  @Test
  void shouldRecordNothingThroughTheDirectoryAlone() {
    get(store().users().enter(USER, PHONE));
    get(store().users().leave(USER, CONSUMER, 3));

    assertThat(take(NODE)).isEqualTo(new Taken(0, List.of()));
  }

  @Test
  void shouldRecordNothingWhenAConnectionMoves() {
    enter(PHONE);
    toldAll(NODE);

    Connection moved = new Connection(CONSUMER, OTHER_NODE, DeviceKind.IOS, 4, 9);
    assertThat(enter(moved)).isEqualTo(new Outcome(true, 1, false));
    assertThat(leave(PHONE)).isEqualTo(new Outcome(false, 1, false));

    assertThat(take(NODE).changes()).isEmpty();
  }

  @Test
  void shouldRecordARepeatedCallOnceAndStillSayThatAChangeWaits() {
    enter(PHONE);
    assertThat(enter(PHONE)).isEqualTo(new Outcome(true, 1, true));
    leave(PHONE);
    assertThat(leave(PHONE)).isEqualTo(new Outcome(false, 0, true));
    assertThat(enter(PHONE).isDone()).isFalse();

    assertThat(take(NODE).changes())
        .extracting(PresenceChange::isOnline)
        .containsExactly(true, false);
  }

  @Test
  void shouldRecordOneChangeWhenALaterClaimIsGivenUpForItsOwner() {
    enter(PHONE);

    get(log().leave(USER, CONSUMER, 8));
    get(log().leave(USER, CONSUMER, 8));

    assertThat(take(NODE).changes())
        .extracting(PresenceChange::isOnline)
        .containsExactly(true, false);
  }

  @Test
  void shouldGiveTheChangesToOneNodeAtATime() {
    enter(PHONE);
    PresenceChange online = take(NODE).changes().get(0);

    Taken elsewhere = take(OTHER_NODE);
    assertThat(elsewhere.changes()).isEmpty();
    assertThat(elsewhere.heldElsewhereMs()).isPositive().isLessThanOrEqualTo(LEASE.toMillis());

    leave(PHONE);
    List<PresenceChange> rest = take(NODE, online.number(), LEASE).changes();
    assertThat(rest).extracting(PresenceChange::isOnline).containsExactly(false);
    assertThat(take(OTHER_NODE).changes()).isEmpty();

    assertThat(take(NODE, rest.get(0).number(), LEASE)).isEqualTo(new Taken(0, List.of()));
    enter(new Connection(CONSUMER, NODE, DeviceKind.IOS, 4, 9));
    assertThat(take(OTHER_NODE).changes())
        .extracting(PresenceChange::isOnline)
        .containsExactly(true);
  }

  @Test
  void shouldGiveWhatWasNotToldAgain() {
    enter(PHONE);
    leave(PHONE);
    List<PresenceChange> changes = take(NODE).changes();

    assertThat(take(NODE).changes()).isEqualTo(changes);
    assertThat(take(NODE, changes.get(0).number(), LEASE).changes())
        .containsExactly(changes.get(1));
    assertThat(take(NODE, changes.get(0).number(), LEASE).changes())
        .containsExactly(changes.get(1));
  }

  @Test
  void shouldGiveTheChangesToAnotherNodeWhenTheLeaseHasEnded() {
    enter(PHONE);
    PresenceChange online = take(NODE, 0, SHORT_LEASE).changes().get(0);

    store().await(() -> take(OTHER_NODE).changes().equals(List.of(online)));

    // The first one was only slow: what it says to have told counts, and its right is gone.
    assertThat(take(NODE, online.number(), LEASE).heldElsewhereMs()).isPositive();
    assertThat(take(OTHER_NODE)).isEqualTo(new Taken(0, List.of()));
  }

  @Test
  void shouldRenewTheLeaseOfANodeThatAsksAgain() {
    enter(PHONE);
    take(NODE, 0, SHORT_LEASE);

    take(NODE, 0, LEASE);

    assertThat(take(OTHER_NODE).heldElsewhereMs()).isGreaterThan(SHORT_LEASE.toMillis());
  }

  @Test
  void shouldLimitWhatIsTakenAtOnceAndKeepTheOrder() {
    enter(PHONE);
    leave(PHONE);
    enter(new Connection(CONSUMER, NODE, DeviceKind.IOS, 4, 9));

    Taken first = take(NODE, new Request(partition(), 0), LEASE, 2);
    assertThat(first.changes()).extracting(PresenceChange::isOnline).containsExactly(true, false);

    Taken second = take(NODE, new Request(partition(), first.changes().get(1).number()), LEASE, 2);
    assertThat(second.changes()).extracting(PresenceChange::isOnline).containsExactly(true);
    assertThat(second.changes().get(0).number()).isGreaterThan(first.changes().get(1).number());
  }

  @Test
  void shouldAnswerForSeveralPartitionsInTheirOrder() {
    UserId other = new UserId("other");
    for (int attempt = 0; log().partitionOf(other) == partition(); attempt++) {
      other = new UserId("other" + attempt);
    }
    get(log().enter(other, PHONE));
    enter(PHONE);

    List<Taken> taken =
        get(
            log()
                .take(
                    NODE,
                    List.of(new Request(partition(), 0), new Request(log().partitionOf(other), 0)),
                    LEASE,
                    ALL));

    assertThat(taken)
        .extracting(answer -> answer.changes().get(0).user())
        .containsExactly(USER, other);
    assertThat(log().partitions()).isGreaterThan(partition());
    assertThat(get(log().take(NODE, List.of(), LEASE, ALL))).isEmpty();
  }

  private PresenceLog log() {
    return store().presence();
  }

  private int partition() {
    return log().partitionOf(USER);
  }

  private Outcome enter(Connection connection) {
    return get(log().enter(USER, connection));
  }

  private Outcome leave(Connection connection) {
    return get(log().leave(USER, connection.consumer(), connection.fence()));
  }

  private Taken take(NodeId node) {
    return take(node, 0, LEASE);
  }

  private Taken take(NodeId node, long told, Duration lease) {
    return take(node, new Request(partition(), told), lease, ALL);
  }

  private Taken take(NodeId node, Request request, Duration lease, int max) {
    return get(log().take(node, List.of(request), lease, max)).get(0);
  }

  private void toldAll(NodeId node) {
    List<PresenceChange> changes = take(node).changes();
    take(node, changes.get(changes.size() - 1).number(), LEASE);
  }
}
