package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a consumer gets that changes nodes while the old one has not written its last state. */
class MovingConsumerTest {
  private final HandMovedTime time = new HandMovedTime();
  private final InMemoryStore store = new InMemoryStore(time::nowMs);
  private final TestNode first = TestNode.start("first", store, time);
  private final TestNode second = TestNode.start("second", store, time);

  @Test
  void shouldHandOverWhenTheConnectionEndsWhileTheOtherNodeClaims() {
    RecordingConnection ann = second.connect("c1", "ann");
    second.publish("userann", "one");
    ann.silent();
    second.publish("userann", "two");
    second.publish("userann", "three");

    // The first node's lanes come first: it claims before the second one has written anything.
    ann.disconnect();
    RecordingConnection again = first.open("c1", "ann");
    time.settle();

    assertThat(again.batches().get(0).id()).isEqualTo(ann.batches().get(1).id());
    assertThat(again.received()).containsExactly("two", "three");
  }

  @Test
  void shouldKeepTheBatchInFlightWhenAConnectionEndsBeforeItGotIt() {
    RecordingConnection ann = first.connect("c1", "ann").silent();
    first.publish("userann", "one");
    ann.disconnect();
    time.settle();

    RecordingConnection brief = new RecordingConnection();
    second
        .broker()
        .connect(ann.session().identity(), brief, Optional.empty())
        .thenAccept(session -> session.disconnected(CloseReason.CLIENT_GONE));
    time.settle();
    first.publish("userann", "two");
    RecordingConnection again = second.connect("c1", "ann");

    assertThat(brief.batches()).isEmpty();
    assertThat(again.batches().get(0).id()).isEqualTo(ann.batches().get(0).id());
    assertThat(again.received()).containsExactly("one", "two");
  }
}
