package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import org.junit.jupiter.api.Test;

/** Messages that are longer than a batch or than what a room keeps in memory. */
class LongMessageTest {
  private static final String LONG = "x".repeat(200);
  private static final DeliveryOptions SMALL =
      UsualDelivery.but().withBatches(50, 100).withTails(256, 100).options();

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode node = TestNode.start("first", store, time, SMALL);

  @Test
  void shouldReadOnBehindAMessageThatFillsAPage() {
    node.connect("c1", "ann").disconnect();
    time.settle();
    node.publish("userann", LONG, "two" + LONG, "three");

    RecordingConnection ann = node.connect("c1", "ann");

    assertThat(ann.received()).containsExactly(LONG, "two" + LONG, "three");
  }

  @Test
  void shouldFollowALogBehindAMessageThatFillsAPage() {
    RecordingConnection ann = node.connect("c1", "ann");
    node.publish("userann", LONG);
    store.faults().dropNextPush();
    node.publish("userann", "two" + LONG);
    store.faults().dropNextPush();
    node.publish("userann", "three");

    time.advance(3_000);

    assertThat(ann.received()).containsExactly(LONG, "two" + LONG, "three");
  }
}
