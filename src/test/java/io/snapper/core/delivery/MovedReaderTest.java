package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayDeque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A consumer that gets another place in its room while the log is read for it. */
class MovedReaderTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final int TAIL_MESSAGES = 2;
  private static final DeliveryOptions SMALL =
      UsualDelivery.but().withBatches(2, 64 * 1024).withTails(TAIL_MESSAGES, 256 * 1024).options();

  private final HandMovedTime time = new HandMovedTime();
  private final ArrayDeque<Runnable> reads = new ArrayDeque<>();
  private boolean isHoldingReads;
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, this::apply, Runnable::run, InMemoryStore.Settings.defaults());
  private final TestNode node = TestNode.start("first", store, time, SMALL);

  private void apply(Runnable call) {
    if (isHoldingReads && call.toString().equals("RoomLog.read")) {
      reads.add(call);
    } else {
      call.run();
    }
  }

  private void publish(String text) {
    time.advance(10);
    node.publish(ROOM.value(), text);
  }

  @Test
  void shouldGetWhatIsReadOnceThoughItAskedForItBeforeAndAfter() {
    RecordingConnection ann = node.connect("c1", "ann");
    node.join(ROOM.value(), "c1");
    publish("m1");
    ann.silent();
    IntStream.rangeClosed(2, 10).forEach(number -> publish("m" + number));
    isHoldingReads = true;
    ann.answering();
    time.settle();
    isHoldingReads = false;
    store.rewind(ROOM, 1);
    publish("other m10");

    assertThat(reads).hasSize(1);
    reads.poll().run();
    time.settle();

    assertThat(ann.received())
        .containsExactly("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "other m10");
  }
}
