package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A consumer that leaves a room and comes back at once, with a message on its way meanwhile. Its
 * node hears of the two late, or not at all, and the consumer moves to another node.
 */
class BriefAbsenceTest {
  private static final RoomName ROOM = new RoomName("room");
  private static final Set<String> HELD = Set.of("Mailboxes.leave", "Mailboxes.join");

  private final HandMovedTime time = new HandMovedTime();
  private final Map<String, Runnable> held = new HashMap<>();
  private boolean isHolding;
  private final InMemoryStore store =
      new InMemoryStore(time::nowMs, this::apply, Runnable::run, InMemoryStore.Settings.defaults());
  private final TestNode first = TestNode.start("first", store, time);
  private final TestNode second = TestNode.start("second", store, time);

  private void apply(Runnable call) {
    if (isHolding && HELD.contains(call.toString())) {
      held.put(call.toString(), call);
    } else {
      call.run();
    }
  }

  /** It has a message that both the leaving and the coming back will be before. */
  @BeforeEach
  void sendAMessageWhileItLeavesAndComesBack() {
    RecordingConnection ann = first.connect("c1", "ann");
    second.join(ROOM.value(), "c1");
    isHolding = true;
    second.broker().leave(ROOM, new ConsumerId("c1"));
    second.broker().join(ROOM, new ConsumerId("c1"));
    second.publish(ROOM.value(), "one");
    time.advance(200);
    assertThat(held.keySet()).isEqualTo(HELD);
    assertThat(ann.received()).containsExactly("one");
  }

  private void apply(String operation) {
    held.remove(operation).run();
    time.settle();
  }

  @Test
  void shouldSendNothingAgainThatItHadBeforeItsNodeHeardThatItIsBack() {
    apply("Mailboxes.leave");
    store.faults().dropNextPush(first.id());
    apply("Mailboxes.join");

    RecordingConnection again = second.connect("c1", "ann");
    second.publish(ROOM.value(), "two");

    assertThat(again.received()).containsExactly("two");
  }

  @Test
  void shouldSendNothingAgainIfItsNodeHasNotHeardThatItWasAway() {
    store.faults().dropNextPush(first.id());
    apply("Mailboxes.leave");
    apply("Mailboxes.join");

    RecordingConnection again = second.connect("c1", "ann");
    second.publish(ROOM.value(), "two");

    assertThat(again.received()).containsExactly("two");
  }
}
