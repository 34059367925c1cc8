package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A consumer that comes back with much to catch up on in many rooms. */
class BacklogMemoryTest {
  private static final int ROOMS = 100;
  private static final int MESSAGES = DeliveryOptions.DEFAULTS.batchMessages();

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode node = TestNode.start("node", store, time);

  /**
   * The consumer has missed a full batch in each of its rooms, and memory reaches no longer back.
   */
  private void missABatchInEachRoom() {
    RecordingConnection before = node.connect("c1", "ann");
    for (int room = 0; room < ROOMS; room++) {
      node.join("room" + room, "c1");
    }
    before.disconnect();
    time.settle();
    for (int room = 0; room < ROOMS; room++) {
      node.publish("room" + room, textsOf(room).toArray(String[]::new));
    }
    time.advance(Duration.ofSeconds(30).toMillis());
  }

  private static List<String> textsOf(int room) {
    return IntStream.range(0, MESSAGES).mapToObj(index -> room + "/" + index).toList();
  }

  @Test
  void shouldReadAboutABatchInAllWhileItAcknowledgesNothing() {
    missABatchInEachRoom();

    RecordingConnection again = node.connectSilently("c1", "ann");

    assertThat(again.batches()).hasSize(1);
    assertThat(node.memory().fetchedMessages()).isBetween(1L, ROOMS * 5L);
  }

  @Test
  void shouldGetEverythingInTheOrderOfEachRoom() {
    missABatchInEachRoom();

    RecordingConnection again = node.connect("c1", "ann");

    List<List<String>> received = new ArrayList<>();
    IntStream.range(0, ROOMS).forEach(room -> received.add(new ArrayList<>()));
    for (String text : again.received()) {
      received.get(Integer.parseInt(text.substring(0, text.indexOf('/')))).add(text);
    }
    IntStream.range(0, ROOMS)
        .forEach(room -> assertThat(received.get(room)).isEqualTo(textsOf(room)));
    assertThat(node.memory().fetchedMessages()).isZero();
  }
}
