package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session is looked at when something is due for it, and seldom otherwise. */
class IdleSessionsTest {
  private static final int ROUND_MS = 1_100;
  private static final int MINUTE_MS = 60_000;

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs, Runnable::run, Runnable::run, InMemoryStore.Settings.defaults());
  private final TestNode node = TestNode.start("first", store, time);

  private RecordingConnection quiet(String consumer) {
    RecordingConnection connection = node.connect(consumer, "ann").quietFor(MINUTE_MS);
    time.advance(2 * ROUND_MS);
    return connection;
  }

  @Test
  void shouldLookAtOneThatIsIdleEveryTenSeconds() {
    RecordingConnection connection = quiet("c1");
    int before = connection.heartbeatChecks();

    time.advance(MINUTE_MS);

    assertThat(connection.heartbeatChecks() - before).isBetween(5, 6);
  }

  @Test
  void shouldCheckAHeartbeatWithinASecondAfterItIsDue() {
    RecordingConnection connection = quiet("c1").quietFor(3_000);
    time.advance(10_000 + ROUND_MS);
    int before = connection.heartbeatChecks();

    time.advance(30_000);

    assertThat(connection.heartbeatChecks() - before).isBetween(7, 10);
  }

  @Test
  void shouldSendAgainAndThenGiveUpWhatAnIdleOneDoesNotAcknowledge() {
    RecordingConnection connection = quiet("c1").silent();
    long timeoutMs = DeliveryOptions.DEFAULTS.acknowledgementTimeout().toMillis();

    node.publish("userann", "one");
    time.advance(timeoutMs - 100);
    assertThat(connection.received()).containsExactly("one");
    time.advance(ROUND_MS);
    assertThat(connection.received()).containsExactly("one", "one");
    time.advance(timeoutMs + ROUND_MS);

    assertThat(connection.closeReason()).isEqualTo(CloseReason.ACKNOWLEDGEMENT_TIMEOUT);
  }

  @Test
  void shouldSendAgainSoonWhatAnIdleOneHasRefused() {
    RecordingConnection connection = quiet("c1").silent();
    node.publish("userann", "one");

    connection.session().reject(connection.batches().get(0).id());
    time.advance(1_000 + ROUND_MS);

    assertThat(connection.received()).containsExactly("one", "one");
  }

  @Test
  void shouldKeepTheTimesOfTheOthersWhenSomeEnd() {
    List<RecordingConnection> all =
        IntStream.range(0, 16).mapToObj(index -> quiet("c" + index).silent()).toList();
    List<RecordingConnection> ending = all.subList(0, 6);
    List<RecordingConnection> others = all.subList(6, 16);
    node.publish("userann", "one");

    others.forEach(other -> other.session().reject(other.batches().get(0).id()));
    time.settle();
    ending.forEach(RecordingConnection::disconnect);
    time.advance(1_000 + ROUND_MS);

    assertThat(others)
        .allSatisfy(other -> assertThat(other.received()).containsExactly("one", "one"));
  }

  @Test
  void shouldCompareIdleOnesWithinASecondWhenTheLeaseHadEnded() {
    RecordingConnection connection = quiet("c1");
    node.standStill();
    time.advance(MINUTE_MS);
    node.goOn();
    time.advance(2 * ROUND_MS);

    node.publish("userann", "one");

    assertThat(connection.received()).containsExactly("one");
  }
}
