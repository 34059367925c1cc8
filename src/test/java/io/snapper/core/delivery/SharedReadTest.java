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

/** Many consumers that come back at once to slightly different places of a room. */
class SharedReadTest {
  private static final int CONSUMERS = 50;

  private final HandMovedTime time = new HandMovedTime();
  private final List<String> calls = new ArrayList<>();
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs, this::record, Runnable::run, InMemoryStore.Settings.defaults());

  private void record(Runnable call) {
    calls.add(call.toString());
    call.run();
  }

  @Test
  void shouldReadTheLogAFewTimesForAllOfThem() {
    TestNode first = TestNode.start("first", store, time);
    TestNode second = TestNode.start("second", store, time);
    List<RecordingConnection> before = new ArrayList<>();
    for (int index = 0; index < CONSUMERS; index++) {
      before.add(first.connect("c" + index, "u" + index));
      first.join("room", "c" + index);
    }
    for (RecordingConnection connection : before) {
      first.publish("room", "m");
      connection.silent();
    }
    before.forEach(RecordingConnection::disconnect);
    time.settle();
    IntStream.range(0, 100).forEach(index -> first.publish("room", "n" + index));
    time.advance(Duration.ofSeconds(15).toMillis());
    calls.clear();

    List<RecordingConnection> after = new ArrayList<>();
    for (int index = 0; index < CONSUMERS; index++) {
      after.add(second.open("c" + index, "u" + index));
    }
    time.settle();

    assertThat(after)
        .allSatisfy(connection -> assertThat(connection.received()).endsWith("n98", "n99"));
    // One for each batch that was in flight, and a few for all.
    long reads = calls.stream().filter("RoomLog.read"::equals).count();
    assertThat(reads).isLessThan(3L * CONSUMERS);
  }
}
