package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.PublishOptions;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ten thousand consumers cost that never acknowledge anything. */
class SilentConsumersTest {
  private static final int CONSUMERS = 10_000;
  private static final int ROOMS = 10;
  private static final int MESSAGES_PER_ROOM = 4_000;
  private static final int MESSAGES_PER_CALL = 50;

  /**
   * What thousands of waiting messages may add for each of them: a batch in flight is shared, a
   * queue of references alone would be 16 KB.
   */
  private static final long MAX_GROWTH_PER_CONSUMER_BYTES = 4_000;

  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode node = TestNode.start("first", store, time);

  @Test
  void shouldCostLittleMemoryAndDisturbNobody() {
    long empty = usedBytes();
    List<RecordingConnection> silent = connectSilentOnes();
    RecordingConnection reader = node.connect("reader", "reader");
    for (int room = 0; room < ROOMS; room++) {
      node.join("room" + room, "reader");
    }
    // Fills what is kept of a room in any case.
    publishToAll(1_024);
    long before = usedBytes();

    List<String> texts = publishToAll(MESSAGES_PER_ROOM);
    long grown = usedBytes() - before;

    int last = reader.received().size();
    assertThat(reader.received().subList(last - texts.size(), last)).isEqualTo(texts);
    assertThat(silent).allMatch(connection -> connection.batches().size() == 1);
    assertThat(grown / CONSUMERS).isLessThan(MAX_GROWTH_PER_CONSUMER_BYTES);
    System.getLogger(SilentConsumersTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} silent consumers: {1} bytes for each, with its mailbox in the store; {2} messages"
                + " later {3} bytes more",
            CONSUMERS,
            (before - empty) / CONSUMERS,
            texts.size(),
            grown / CONSUMERS);
  }

  @Test
  void shouldBeToldOnceMoreAndThenCloseWhileTheOthersGoOn() {
    List<RecordingConnection> silent = connectSilentOnes();
    RecordingConnection reader = node.connect("reader", "reader");
    node.join("room0", "reader");
    publishToAll(MESSAGES_PER_CALL);

    time.advance(61_500);
    assertThat(silent).allMatch(connection -> connection.batches().size() == 2);
    publishTo("room0", List.of("still here"));
    assertThat(reader.received()).endsWith("still here");
    time.advance(64_000);

    assertThat(silent)
        .allMatch(connection -> connection.closeReason() == CloseReason.ACKNOWLEDGEMENT_TIMEOUT);
    assertThat(reader.closeReason()).isNull();
  }

  private List<RecordingConnection> connectSilentOnes() {
    List<RecordingConnection> connections = new ArrayList<>();
    for (int index = 0; index < CONSUMERS; index++) {
      connections.add(node.open("c" + index, "user" + index).silent());
    }
    time.settle();
    for (int index = 0; index < CONSUMERS; index++) {
      node.broker().join(new RoomName("room" + index % ROOMS), new ConsumerId("c" + index));
    }
    time.settle();
    return connections;
  }

  private List<String> publishToAll(int messagesPerRoom) {
    List<String> all = new ArrayList<>();
    for (int sent = 0; sent < messagesPerRoom; sent += MESSAGES_PER_CALL) {
      for (int room = 0; room < ROOMS; room++) {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < MESSAGES_PER_CALL; index++) {
          texts.add("message " + (sent + index) + " to room " + room);
        }
        publishTo("room" + room, texts);
        all.addAll(texts);
      }
    }
    return all;
  }

  private void publishTo(String room, List<String> texts) {
    node.broker().publish(new RoomName(room), texts, PublishOptions.HELD);
    time.settle();
  }

  /** Returns the live heap. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int count = 0; count < 3; count++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
