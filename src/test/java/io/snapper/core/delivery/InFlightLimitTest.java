package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many consumers together hold that don't acknowledge. */
class InFlightLimitTest {
  private static final int LANES = 2;
  private static final int CONSUMERS = 200;
  private static final int BATCH = 16_000;
  private static final int REDUCED = BATCH / 16;
  private static final int LIMIT = 10 * BATCH;
  private static final int LENGTH = 500;

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode node =
      TestNode.start(
          "node",
          store,
          time,
          UsualDelivery.but().withBatches(50, BATCH).withInFlightLimit(LIMIT).options());

  private static List<String> texts() {
    return IntStream.range(0, 100)
        .mapToObj(index -> index + "x".repeat(LENGTH - Integer.toString(index).length()))
        .toList();
  }

  private DeliveryMemory memory() {
    DeliveryMemory held = node.memory();
    assertThat(held.accountedCharacters()).isEqualTo(held.inFlightCharacters());
    return held;
  }

  private static int size(RecordingConnection connection, int batch) {
    return connection.batches().get(batch).messages().size() * LENGTH;
  }

  /** Each has more than one batch to get, in a room of its own. */
  private List<RecordingConnection> silentOnes() {
    List<RecordingConnection> silent = new ArrayList<>();
    for (int index = 0; index < CONSUMERS; index++) {
      silent.add(node.connectSilently("c" + index, "u" + index));
      node.publish("useru" + index, texts().toArray(String[]::new));
    }
    return silent;
  }

  @Test
  void shouldMakeSmallBatchesOnceSoMuchIsInFlight() {
    List<RecordingConnection> silent = silentOnes();

    assertThat(silent).allMatch(connection -> connection.batches().size() == 1);
    assertThat(silent.stream().filter(connection -> size(connection, 0) > REDUCED).count())
        .as("whole batches")
        .isBetween((long) LIMIT / BATCH, (long) LIMIT / BATCH + LANES);
    assertThat(memory().inFlightCharacters())
        .isBetween((long) LIMIT, LIMIT + (long) LANES * BATCH + (long) CONSUMERS * REDUCED);
  }

  @Test
  void shouldMakeWholeBatchesAgainWhenTheyAreAcknowledged() {
    List<RecordingConnection> silent = silentOnes();
    silent.forEach(RecordingConnection::answering);
    time.settle();
    assertThat(silent).allSatisfy(one -> assertThat(one.received()).isEqualTo(texts()));
    assertThat(memory().inFlightCharacters()).isZero();

    RecordingConnection next = node.connectSilently("next", "next");
    node.publish("usernext", texts().toArray(String[]::new));

    assertThat(size(next, 0)).isEqualTo(BATCH);
  }

  @Test
  void shouldForgetWhatWasInFlightToThoseWhoHaveGone() {
    RecordingConnection gone = node.connectSilently("c1", "ann");
    node.publish("userann", texts().toArray(String[]::new));
    assertThat(memory().inFlightCharacters()).isPositive();

    gone.disconnect();
    time.settle();

    assertThat(memory().accountedCharacters()).isZero();
  }

  @Test
  void shouldCountWhatMembersOfARoomShareOnce() {
    for (int index = 0; index < 10; index++) {
      node.connectSilently("c" + index, "u" + index);
      node.join("room", "c" + index);
    }

    node.publish("room", texts().toArray(String[]::new));

    assertThat(memory().inFlightCharacters()).isBetween(1L, (long) LANES * BATCH);
  }
}
