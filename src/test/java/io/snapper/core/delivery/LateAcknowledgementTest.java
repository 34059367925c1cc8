package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Strict mode: a batch that has been out, and is due again after an outage of the store, is
 * acknowledged while it is written to the mailbox once more.
 */
class LateAcknowledgementTest {
  private static final int CONSUMERS = 8;
  private static final long ACKNOWLEDGEMENT_TIMEOUT_MS = 6_000;
  private static final DeliveryOptions STRICT =
      UsualDelivery.but()
          .withStrict(true)
          .withAcknowledgementTimeout(Duration.ofMillis(ACKNOWLEDGEMENT_TIMEOUT_MS))
          .options();

  private final HandMovedTime time = new HandMovedTime();
  private final ArrayDeque<Runnable> saves = new ArrayDeque<>();
  private boolean isHoldingSaves;
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, this::apply, Runnable::run, InMemoryStore.Settings.defaults());
  private final List<RecordingConnection> connections = new ArrayList<>();
  private TestNode node;

  private void apply(Runnable call) {
    if (isHoldingSaves && call.toString().equals("Mailboxes.save")) {
      saves.add(call);
    } else {
      call.run();
    }
  }

  @BeforeEach
  void writeBatchesAgainThatHaveBeenOut() {
    node = TestNode.start("first", store, time, STRICT);
    for (int index = 0; index < CONSUMERS; index++) {
      connections.add(node.connect("c" + index, "user" + index).silent());
      node.publish("useruser" + index, "one");
    }
    node.publish("useruser0", "two");
    store.faults().setAway(true);
    time.advance(ACKNOWLEDGEMENT_TIMEOUT_MS + 1_500);
    store.faults().setAway(false);
    isHoldingSaves = true;
    time.advance(2_000);
    assertThat(saves).isNotEmpty();
    assertThat(connections).allSatisfy(connection -> assertThat(connection.batches()).hasSize(1));
  }

  private void runSaves() {
    isHoldingSaves = false;
    while (!saves.isEmpty()) {
      saves.poll().run();
    }
    time.settle();
  }

  @Test
  void shouldStillSendToTheOthers() {
    connections.get(1).answering();
    time.settle();

    runSaves();

    assertThat(connections.get(1).received()).containsExactly("one");
    assertThat(connections.subList(2, CONSUMERS))
        .allSatisfy(connection -> assertThat(connection.received()).containsExactly("one", "one"));
  }

  @Test
  void shouldNotSendTheNextBatchBeforeItIsStored() {
    int earlier = saves.size();
    connections.get(0).answering();
    time.settle();
    assertThat(saves).hasSize(earlier + 1);

    for (int count = 0; count < earlier; count++) {
      saves.poll().run();
    }
    time.settle();
    assertThat(connections.get(0).received()).containsExactly("one");
    runSaves();

    assertThat(connections.get(0).received()).containsExactly("one", "two");
  }
}
