package io.snapper.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.UserDirectory.Connection;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two nodes say of users whose devices come, go and move, and of a node's that has died. */
class MovingUserTest {
  private static final UserId ANN = new UserId("ann");

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final List<String> heard = new ArrayList<>();
  private final TestNode first = TestNode.start("first", store, time, this::hear);
  private final TestNode second = TestNode.start("second", store, time, this::hear);

  private void hear(PresenceChange change) {
    heard.add(change.user() + (change.isOnline() ? " online" : " offline"));
  }

  @Test
  void shouldSayNothingWhenADeviceConnectsAgainToTheSameNode() {
    first.connect("c1", "ann");
    time.advance(1_000);

    RecordingConnection again = first.connect("c1", "ann");
    time.advance(10_000);
    assertThat(heard).containsExactly("ann online");

    again.disconnect();
    time.advance(10_000);
    assertThat(heard).containsExactly("ann online", "ann offline");
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldSayNothingWhenADeviceMovesToAnotherNode() {
    first.connect("c1", "ann");
    time.advance(1_000);

    RecordingConnection moved = second.connect("c1", "ann");
    time.advance(10_000);
    assertThat(heard).containsExactly("ann online");
    assertThat(connections()).extracting(Connection::node).containsExactly(second.id());

    moved.disconnect();
    time.advance(10_000);
    assertThat(heard).containsExactly("ann online", "ann offline");
  }

  @Test
  void shouldSayThatAUserHasGoneWhenTheSecondConnectionToTheSameNodeCanNotBeOpened() {
    first.connect("c1", "ann");
    time.advance(1_000);

    store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.claim");
    first.connect("c1", "ann");
    time.advance(10_000);

    assertThat(heard).containsExactly("ann online", "ann offline");
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldSayThatAUserHasGoneWhenTheSecondConnectionToTheSameNodeEndsBeforeItsTurn() {
    first.connect("c1", "ann");
    time.advance(1_000);

    for (int failure = 0; failure < 3; failure++) {
      store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.save");
    }
    first.open("c1", "ann").dead();
    time.advance(20_000);

    assertThat(heard).containsExactly("ann online", "ann offline");
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldSayThatAUserHasGoneWhenAMoveToAnotherNodeFailsHalfWay() {
    RecordingConnection connection = first.connect("c1", "ann");
    time.advance(1_000);

    store.faults().failNextCall(Moment.AFTER_APPLYING, "Mailboxes.claim");
    second.connect("c1", "ann");
    time.advance(10_000);

    assertThat(connection.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(heard).containsExactly("ann online", "ann offline");
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldSayOnceThatAUserHasGoneWithTheNode() {
    first.connect("c1", "ann");
    first.connect("c2", "ann");
    time.advance(1_000);

    first.kill();
    time.advance(7_000);

    assertThat(heard).containsExactly("ann online", "ann offline");
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldSayThatAUserHasGoneWhenTheNodeDiesBeforeItCouldWriteThat() {
    RecordingConnection connection = first.connect("c1", "ann");
    time.advance(1_000);

    store.faults().failNextCall(Moment.BEFORE_APPLYING, "UserDirectory.leave");
    connection.disconnect();
    time.settle();
    first.kill();
    time.advance(7_000);

    assertThat(heard).containsExactly("ann online", "ann offline");
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldSayThatAUserHasGoneWhenTheNodeDiesBeforeItCouldTellThat() {
    // What the nodes look for when they start plays no part.
    time.advance(10_000);
    RecordingConnection connection = first.connect("c1", "ann");
    time.advance(1_000);

    connection.disconnect();
    time.settle();
    first.kill();
    assertThat(heard).containsExactly("ann online");
    time.advance(7_000);

    assertThat(heard).containsExactly("ann online", "ann offline");
  }

  @Test
  void shouldSayNothingOfAUserWhoseOtherDeviceLivesOnAnotherNode() {
    first.connect("c1", "ann");
    second.connect("c2", "ann");
    time.advance(1_000);

    first.kill();
    time.advance(7_000);

    assertThat(heard).containsExactly("ann online");
    assertThat(connections()).extracting(Connection::node).containsExactly(second.id());
  }

  @Test
  void shouldNotShowTheConnectionsOfANodeWhoseLeaseHasEnded() {
    first.connect("c1", "ann");
    time.advance(1_000);

    first.kill();
    // The clean-up gets nowhere: its first step fails each time.
    for (int failure = 0; failure < 100; failure++) {
      store.faults().failNextCall(Moment.BEFORE_APPLYING, "Mailboxes.ownedBy");
    }
    time.advance(6_000);

    assertThat(shown()).isEmpty();
    assertThat(second.broker().statistics().toCompletableFuture().join().nodes()).hasSize(1);
    assertThat(connections()).as("in the store they are still there").hasSize(1);
  }

  private List<Connection> connections() {
    return store.users().connections(ANN).toCompletableFuture().join();
  }

  private List<Connection> shown() {
    return second.broker().connections(ANN).toCompletableFuture().join();
  }
}
