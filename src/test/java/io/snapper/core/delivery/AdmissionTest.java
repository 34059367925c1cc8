package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.BrokerOptions;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.error.CloseReason;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.session.ConsumerSession;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a node opens connections when many come at once; it has two lanes. */
class AdmissionTest {
  private static final int CONCURRENCY = 4;
  private static final int QUEUE = 20;

  private final HandMovedTime time = new HandMovedTime();
  private final ArrayDeque<Runnable> claims = new ArrayDeque<>();
  private boolean isHoldingClaims;
  private int calls;
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, this::apply, Runnable::run, InMemoryStore.Settings.defaults());
  private final TestNode node =
      TestNode.start(
          store,
          time,
          BrokerOptions.defaults("node:1").withAdmission(new AdmissionOptions(CONCURRENCY, QUEUE)));

  private void apply(Runnable call) {
    calls++;
    if (isHoldingClaims && call.toString().equals("Mailboxes.claim")) {
      claims.add(call);
    } else {
      call.run();
    }
  }

  @Test
  void shouldOpenOnlySoManyAtOnceAndTheOthersAfterThem() {
    isHoldingClaims = true;
    List<RecordingConnection> connections = openMany(20);

    assertThat(claims).hasSize(CONCURRENCY);
    answerAllClaims();

    assertThat(connections).allMatch(connection -> connection.session() != null);
  }

  @Test
  void shouldServeThoseThatAreConnectedMeanwhile() {
    RecordingConnection ann = node.connect("ann's", "ann");
    isHoldingClaims = true;
    openMany(20);

    node.publish("userann", "hello");

    assertThat(ann.received()).containsExactly("hello");
  }

  @Test
  void shouldCountTheTimeoutOfAnOpeningFromItsBeginning() {
    isHoldingClaims = true;
    List<RecordingConnection> connections = openMany(6);
    time.advance(10_500);

    assertThat(connections)
        .filteredOn(connection -> connection.closeReason() == CloseReason.UNAVAILABLE)
        .hasSize(CONCURRENCY);
    answerAllClaims();

    assertThat(connections).filteredOn(connection -> connection.session() != null).hasSize(2);
  }

  @Test
  void shouldRefuseFurtherOnesWhenTheQueueIsFull() {
    isHoldingClaims = true;

    List<RecordingConnection> connections = openMany(100);

    assertThat(connections)
        .filteredOn(connection -> connection.refusal() != null)
        .hasSize(100 - CONCURRENCY - QUEUE)
        .allSatisfy(
            connection ->
                assertThat(((SnapperException) connection.refusal()).code())
                    .isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void shouldForgetAConnectionThatGoesWhileItWaits() {
    isHoldingClaims = true;
    openMany(10);
    RecordingConnection connection = new RecordingConnection();
    CompletableFuture<ConsumerSession> waiting =
        node.broker().connect(identity("gone"), connection, Optional.empty()).toCompletableFuture();
    time.settle();

    waiting.cancel(false);
    time.settle();

    assertThat(openConnections()).isEqualTo(10);
    answerAllClaims();
    assertThat(store.mailboxes().read(new ConsumerId("gone")).toCompletableFuture().join())
        .isEmpty();
  }

  @Test
  void shouldGiveBackTheMailboxOfAConnectionThatGoesWhileItIsOpened() {
    isHoldingClaims = true;
    RecordingConnection connection = new RecordingConnection();
    CompletableFuture<ConsumerSession> opening =
        node.broker().connect(identity("gone"), connection, Optional.empty()).toCompletableFuture();
    time.settle();

    opening.cancel(false);
    time.settle();
    answerAllClaims();

    assertThat(openConnections()).isZero();
    assertThat(
            store
                .mailboxes()
                .read(new ConsumerId("gone"))
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .owner())
        .isEmpty();
  }

  @Test
  void shouldLetANewConnectionOfTheSameConsumerTakeTheOldOnesTurn() {
    isHoldingClaims = true;
    openMany(10);
    RecordingConnection first = node.open("same", "same");
    time.settle();

    RecordingConnection second = node.open("same", "same");
    time.settle();
    answerAllClaims();

    assertThat(first.closeReason()).isEqualTo(CloseReason.TAKEN_OVER);
    assertThat(first.session()).isNull();
    assertThat(second.session()).isNotNull();
  }

  /** A client must not be told to come back when another one has taken its place. */
  @Test
  void shouldCloseWithTheReasonBeforeItSaysThatNothingWasOpened() {
    isHoldingClaims = true;
    openMany(10);
    RecordingConnection first = new RecordingConnection();
    CompletableFuture<CloseReason> reasonAtRefusal = new CompletableFuture<>();
    node.broker()
        .connect(identity("same"), first, Optional.empty())
        .whenComplete((session, refusal) -> reasonAtRefusal.complete(first.closeReason()));
    time.settle();

    node.open("same", "same");
    time.settle();

    assertThat(reasonAtRefusal).isCompletedWithValue(CloseReason.TAKEN_OVER);
  }

  @Test
  void shouldNotAskTheStoreForEachRoomThatIsThereAlready() {
    // Enough of them that both lanes have members of every room.
    for (int index = 0; index < 8; index++) {
      node.connect("c" + index, "user");
      for (int room = 0; room < 30; room++) {
        node.join("room" + room, "c" + index);
      }
    }
    RecordingConnection leaving = node.connect("c8", "user");
    for (int room = 0; room < 30; room++) {
      node.join("room" + room, "c8");
    }
    leaving.disconnect();
    time.settle();
    calls = 0;

    RecordingConnection again = node.connect("c8", "user");

    assertThat(again.session()).isNotNull();
    assertThat(calls).isLessThan(5);
    node.publish("room7", "hello");
    assertThat(again.received()).containsExactly("hello");
  }

  private long openConnections() {
    var report = node.broker().statistics();
    time.settle();
    return report.toCompletableFuture().join().nodes().get(0).report().online();
  }

  private List<RecordingConnection> openMany(int count) {
    List<RecordingConnection> connections = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      connections.add(node.open("consumer" + index, "user" + index));
    }
    time.settle();
    return connections;
  }

  private void answerAllClaims() {
    while (!claims.isEmpty()) {
      claims.poll().run();
      time.settle();
    }
  }

  private ConsumerIdentity identity(String consumer) {
    return new ConsumerIdentity(
        new ConsumerId(consumer),
        new UserId(consumer),
        DeviceKind.WEB,
        time.nowMs() / 1000 + 86_400);
  }
}
