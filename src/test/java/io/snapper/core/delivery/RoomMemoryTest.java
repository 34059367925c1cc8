package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which messages of a room a node keeps in memory. */
class RoomMemoryTest {
  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode node = TestNode.start("node", store, time);

  private long messagesInMemory() {
    return node.memory().tailMessages();
  }

  @Test
  void shouldKeepNothingForTheOnlyMemberThatItHasBeenSent() {
    RecordingConnection ann = node.connect("c1", "ann");

    node.publish("userann", "one", "two");
    node.publish("userann", "three");

    assertThat(ann.received()).containsExactly("one", "two", "three");
    assertThat(messagesInMemory()).isZero();
  }

  @Test
  void shouldKeepWhatTheOnlyMemberHasNotBeenSent() {
    RecordingConnection ann = node.connect("c1", "ann").silent();
    String[] texts = new String[DeliveryOptions.DEFAULTS.batchMessages() + 1];
    Arrays.setAll(texts, index -> "m" + index);

    node.publish("userann", texts);
    assertThat(messagesInMemory()).isEqualTo(texts.length);
    ann.answering();
    time.settle();

    assertThat(ann.received()).containsExactly(texts);
    assertThat(messagesInMemory()).isZero();
  }

  @Test
  void shouldKeepTheLastMessagesForMembersThatComeBack() {
    for (int index = 0; index < 10; index++) {
      node.connect("c" + index, "user" + index);
      node.join("room", "c" + index);
    }

    node.publish("room", "one", "two");

    assertThat(messagesInMemory()).isGreaterThanOrEqualTo(2);
  }
}
