package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.NodeRegistry.ClusterReport;
import io.snapper.core.store.NodeRegistry.Heartbeat;
import io.snapper.core.store.NodeRegistry.LiveNode;
import io.snapper.core.store.NodeRegistry.NodeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@link io.snapper.core.store.NodeRegistry} promises. */
public abstract class NodeRegistryContract extends StoreContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void shouldSumWhatAllNodesCounted() {
    beat(NODE, report(1), LONG);
    beat(OTHER_NODE, report(10), LONG);
    beat(NODE, report(2), LONG);

    ClusterReport cluster = get(store().nodes().report());

    assertThat(cluster.producerMessages()).isEqualTo(12);
    assertThat(cluster.consumerMessages()).isEqualTo(120);
    assertThat(cluster.consumers()).isEqualTo(1200);
    assertThat(cluster.nodes())
        .containsExactlyInAnyOrder(
            new LiveNode(NODE, report(2)), new LiveNode(OTHER_NODE, report(10)));
  }

  @Test
  void shouldNotCallAFirstBeatLate() {
    assertThat(beat(NODE, report(1), SHORT)).isEqualTo(new Heartbeat(false, List.of(), Set.of()));
    assertThat(beat(NODE, report(1), LONG)).isEqualTo(new Heartbeat(false, List.of(), Set.of()));
  }

  @Test
  void shouldTellANodeThatItsLeaseHadEnded() {
    beat(NODE, report(1), SHORT);
    awaitExpiryOf(NODE);

    assertThat(beat(NODE, report(1), LONG).wasExpired()).isTrue();
    assertThat(beat(NODE, report(1), LONG).wasExpired()).isFalse();
  }

  @Test
  void shouldTellANodeThatItWasRemoved() {
    beat(NODE, report(1), LONG);
    get(store().nodes().remove(NODE));

    assertThat(beat(NODE, report(1), LONG).wasExpired()).isTrue();
  }

  @Test
  void shouldCountADeadNodeButNotListIt() {
    beat(NODE, report(1), SHORT);
    awaitExpiryOf(NODE);

    ClusterReport cluster = get(store().nodes().report());

    assertThat(cluster.producerMessages()).isEqualTo(1);
    assertThat(cluster.nodes()).extracting(LiveNode::node).containsExactly(THIRD_NODE);
  }

  @Test
  void shouldLetOneNodeCleanUp() {
    beat(NODE, report(1), SHORT);
    assertThat(get(store().nodes().takeOver(NODE, OTHER_NODE, LONG))).isFalse();
    awaitExpiryOf(NODE);

    assertThat(get(store().nodes().takeOver(NODE, OTHER_NODE, LONG))).isTrue();
    assertThat(get(store().nodes().takeOver(NODE, THIRD_NODE, LONG))).isFalse();
    assertThat(get(store().nodes().takeOver(NODE, OTHER_NODE, LONG))).isTrue();
    Heartbeat whileCleanedUp = beat(THIRD_NODE, report(0), LONG);
    assertThat(whileCleanedUp.expired()).isEmpty();
    assertThat(whileCleanedUp.dead()).containsExactly(NODE);
  }

  @Test
  void shouldLetAnotherNodeCleanUpWhenTheFirstOneDoesNotFinish() {
    beat(NODE, report(1), SHORT);
    awaitExpiryOf(NODE);
    get(store().nodes().takeOver(NODE, OTHER_NODE, SHORT));

    awaitExpiryOf(NODE);

    assertThat(get(store().nodes().takeOver(NODE, THIRD_NODE, LONG))).isTrue();
  }

  @Test
  void shouldNotTakeOverANodeThatNobodyKnows() {
    assertThat(get(store().nodes().takeOver(NODE, OTHER_NODE, LONG))).isFalse();
  }

  @Test
  void shouldKeepTheCountersOfARemovedNodeOnce() {
    beat(NODE, report(3), LONG);
    beat(OTHER_NODE, report(1), LONG);

    get(store().nodes().remove(NODE));
    get(store().nodes().remove(NODE));

    ClusterReport cluster = get(store().nodes().report());
    assertThat(cluster.producerMessages()).isEqualTo(4);
    assertThat(cluster.consumerMessages()).isEqualTo(40);
    assertThat(cluster.consumers()).isEqualTo(400);
    assertThat(cluster.nodes()).extracting(LiveNode::node).containsExactly(OTHER_NODE);
    assertThat(beat(OTHER_NODE, report(1), LONG).expired()).isEmpty();
  }

  @Test
  void shouldNotCountANodeTwiceThatWasRemovedAndLives() {
    beat(NODE, report(3), LONG);
    get(store().nodes().remove(NODE));

    beat(NODE, report(4), LONG);

    assertThat(get(store().nodes().report()).producerMessages()).isEqualTo(4);
    get(store().nodes().remove(NODE));
    assertThat(get(store().nodes().report()).producerMessages()).isEqualTo(4);
  }

  @Test
  void shouldTakeBackANodeThatWasRemovedBeforeItHadCountedAnything() {
    beat(NODE, report(0), LONG);
    get(store().nodes().remove(NODE));

    assertThat(beat(NODE, report(0), LONG).wasExpired()).isTrue();
    assertThat(beat(NODE, report(2), LONG).wasExpired()).isFalse();
    assertThat(get(store().nodes().report()).producerMessages()).isEqualTo(2);
  }

  @Test
  void shouldRemoveWhatANodeWatchesAndOwns() {
    List<RoomName> rooms = new ArrayList<>();
    for (int index = 0; index < 1200; index++) {
      rooms.add(new RoomName("room " + index));
    }
    for (RoomName room : rooms) {
      watch(room, NODE, 1);
    }
    watch(rooms.get(0), OTHER_NODE, 2);
    ConsumerId consumer = new ConsumerId("w.left");
    int partition = store().newChannel().partitionOf(consumer);
    get(store().mailboxes().claim(consumer, USER, DeviceKind.WEB, NODE));
    get(store().mailboxes().requestClose(consumer));

    get(store().nodes().remove(NODE));

    assertThat(get(store().roomLog().occupancy(rooms.get(0)))).containsOnlyKeys(OTHER_NODE);
    for (RoomName room : rooms.subList(1, rooms.size())) {
      assertThat(get(store().roomLog().occupancy(room))).isEmpty();
    }
    assertThat(get(store().mailboxes().ownedBy(NODE, partition))).isEmpty();
    assertThat(get(store().mailboxes().read(consumer)).orElseThrow().owner()).isEmpty();
    assertThat(get(store().newChannel().sequences(NODE))).containsOnly(0);
  }

  @Test
  void shouldEstimateTheNumberOfRooms() {
    for (int index = 0; index < 10; index++) {
      get(store().nodes().countRooms(List.of(new RoomName("a"), new RoomName("room " + index))));
    }
    get(store().nodes().countRooms(List.of()));

    assertThat(get(store().nodes().report()).rooms()).isBetween(10L, 12L);
  }

  /** Waits until a living node is told that this one is to be cleaned up. */
  private void awaitExpiryOf(NodeId node) {
    store().await(() -> beat(THIRD_NODE, report(0), LONG).expired().contains(node));
  }

  private Heartbeat beat(NodeId node, NodeReport report, Duration lease) {
    return get(store().nodes().beat(node, report, lease));
  }

  private static NodeReport report(int count) {
    return new NodeReport("host:" + count, count, 10L * count, 100L * count, 5);
  }
}
