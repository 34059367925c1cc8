package io.snapper.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.core.message.UserId;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node's way out of service and back. */
class DrainTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode node = TestNode.start("first", store, time);
  private final Broker broker = node.broker();

  @Test
  void shouldReleaseConsumersAtTheGivenRate() {
    List<RecordingConnection> connections = connect(100);

    CompletableFuture<Void> drained = drain(20, LIMIT);
    time.advance(1_000);

    assertThat(closed(connections)).isBetween(19L, 22L);
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINING);
    assertThat(broker.consumers()).isEqualTo(100 - closed(connections));
    assertThat(drained).isNotDone();

    time.advance(4_500);
    assertThat(drained).isCompleted();
    assertThat(connections)
        .extracting(RecordingConnection::closeReason)
        .containsOnly(CloseReason.DRAINING);
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINED);
  }

  @Test
  void shouldReleaseAFewPerSecondOneByOne() {
    List<RecordingConnection> connections = connect(10);

    drain(2, LIMIT);
    time.advance(2_400);

    assertThat(closed(connections)).isBetween(4L, 6L);
  }

  @Test
  void shouldReleaseFasterIfTheLimitWouldNotSuffice() {
    List<RecordingConnection> connections = connect(200);

    CompletableFuture<Void> drained = drain(1, Duration.ofSeconds(4));
    time.advance(1_000);

    assertThat(closed(connections)).isBetween(55L, 85L);
    time.advance(2_900);
    assertThat(drained).isCompleted();
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINED);
  }

  @Test
  void shouldSayWhatKeepsItFromServingAndTakeNobody() {
    drain(1_000, LIMIT);

    assertThat(broker.obstacles()).containsExactly("the node is draining");
    assertThat(broker.takesConsumers()).isFalse();
    time.advance(100);
    assertThat(broker.obstacles()).containsExactly("the node is drained");
    assertThat(node.open("c1", "ann").refusal()).isNotNull();
  }

  @Test
  void shouldDrainOnceHoweverOftenItIsAskedTo() {
    List<RecordingConnection> connections = connect(100);

    CompletableFuture<Void> first = drain(20, LIMIT);
    CompletableFuture<Void> second = drain(1_000, LIMIT);
    time.advance(1_000);

    assertThat(second).isSameAs(first);
    assertThat(closed(connections)).isLessThan(30);
    time.advance(5_000);
    assertThat(drain(20, LIMIT)).isNotDone();
    time.advance(100);
    assertThat(drain(20, LIMIT)).isNotDone();
    time.advance(100);
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINED);
  }

  @Test
  void shouldServeAgainAlsoInTheMiddleOfADrain() {
    List<RecordingConnection> connections = connect(100);
    CompletableFuture<Void> drained = drain(20, LIMIT);
    time.advance(1_000);
    long released = closed(connections);

    assertThat(broker.resume()).isTrue();
    time.advance(2_000);

    assertThat(drained).isCompleted();
    assertThat(closed(connections)).isEqualTo(released);
    assertThat(broker.phase()).isEqualTo(NodePhase.SERVING);
    assertThat(broker.obstacles()).isEmpty();
    assertThat(node.connect("new", "ann").refusal()).isNull();

    drain(1_000, LIMIT);
    time.advance(1_000);
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINED);
    assertThat(broker.resume()).isTrue();
    assertThat(node.connect("c0", "user0").refusal()).isNull();
  }

  @Test
  void shouldStayDrainingWhileLastStatesCanNotBeWrittenAndGoOnWhenAskedAgain() {
    connect(3);
    store.faults().setAway(true);

    CompletableFuture<Void> drained = drain(1_000, Duration.ofSeconds(2));
    time.advance(2_100);

    assertThat(drained).isCompleted();
    assertThat(broker.consumers()).isZero();
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINING);

    store.faults().setAway(false);
    drain(1_000, LIMIT);
    time.advance(2_000);
    assertThat(broker.phase()).isEqualTo(NodePhase.DRAINED);
  }

  /** Somebody has to clean up after it, and only the dead are cleaned up after. */
  @Test
  void shouldLeaveItsEntryToOthersWhenLastStatesAreNotWritten() throws InterruptedException {
    connect(3);
    store.faults().setAway(true);
    drain(1_000, Duration.ofSeconds(2));
    time.advance(2_100);
    store.faults().setAway(false);

    CompletableFuture<Void> gone = broker.giveUp().toCompletableFuture();
    time.settle();
    node.kill();

    assertThat(gone).isCompletedExceptionally();
    TestNode other = TestNode.start("other", store, time);
    time.advance(20_000);
    assertThat(other.broker().connections(new UserId("user0")).toCompletableFuture().join())
        .isEmpty();
    assertThat(store.users().connections(new UserId("user0")).toCompletableFuture().join())
        .isEmpty();
  }

  private CompletableFuture<Void> drain(int consumersPerSecond, Duration limit) {
    return broker.drain(consumersPerSecond, limit).toCompletableFuture();
  }

  private List<RecordingConnection> connect(int count) {
    List<RecordingConnection> connections = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      connections.add(node.connect("c" + index, "user" + index));
    }
    return connections;
  }

  private static long closed(List<RecordingConnection> connections) {
    return connections.stream().filter(connection -> connection.closeReason() != null).count();
  }
}
