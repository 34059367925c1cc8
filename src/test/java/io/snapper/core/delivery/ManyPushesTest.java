package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.engine.RecordingConnection;
import io.snapper.testing.engine.TestNode;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A room that gets more pushes than it keeps while its log has not answered yet. */
class ManyPushesTest {
  private static final int MORE_THAN_WAIT = 1_100;

  private final HandMovedTime time = new HandMovedTime();
  private final List<Runnable> held = new ArrayList<>();
  private String heldOperation = "";
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs,
          Runnable::run,
          this::runUnlessHeld,
          InMemoryStore.Settings.defaults().withMaxMessages(2 * MORE_THAN_WAIT));
  private final TestNode first = TestNode.start("first", store, time);
  private final TestNode second = TestNode.start("second", store, time);

  private void runUnlessHeld(Runnable answer) {
    if (answer.toString().equals(heldOperation)) {
      held.add(answer);
    } else {
      answer.run();
    }
  }

  private void release() {
    heldOperation = "";
    List<Runnable> answers = List.copyOf(held);
    held.clear();
    answers.forEach(Runnable::run);
    time.settle();
  }

  private List<String> publish(int from, int to) {
    List<String> texts = IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    texts.forEach(text -> second.publish("room", text));
    return texts;
  }

  @Test
  void shouldDeliverAllThatCameBeforeItKnewItsLog() {
    RecordingConnection ann = first.connect("c1", "ann");
    heldOperation = "RoomLog.watch";
    first.join("room", "c1");

    List<String> texts = publish(1, MORE_THAN_WAIT);
    release();

    assertThat(ann.received()).isEqualTo(texts);
  }

  @Test
  void shouldDeliverAllThatCameWhileItReadTheLog() {
    RecordingConnection ann = first.connect("c1", "ann");
    first.join("room", "c1");
    heldOperation = "RoomLog.read";
    store.faults().dropNextPush(first.id());

    List<String> texts = publish(1, MORE_THAN_WAIT + 2);
    release();

    assertThat(ann.received()).isEqualTo(texts);
  }
}
