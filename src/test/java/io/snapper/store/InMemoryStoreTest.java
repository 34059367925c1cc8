package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What can be made to go wrong with the store in memory, and in which order it answers. */
class InMemoryStoreTest {
  private static final NodeId NODE = new NodeId("node-a");
  private static final RoomName ROOM = new RoomName("room");

  private final Recorder recorder = new Recorder();
  private InMemoryStore store = new InMemoryStore(() -> 1);
  private long sequence;

  @Test
  void shouldLoseAPushThatItCounted() {
    watch();
    store.faults().dropNextPush(NODE);

    publish("lost");
    publish("seen");

    assertThat(recorder.sequences).containsExactly(2L);
    assertThat(store.channel().sequences(NODE).toCompletableFuture().join()).contains(2);
  }

  @Test
  void shouldFailBeforeOrAfterApplying() {
    store.faults().failNextCall(Moment.BEFORE_APPLYING, "RoomLog.publish");
    assertFails(send("a"));
    assertThat(top()).isZero();
    store.faults().failNextCall(Moment.AFTER_APPLYING, "RoomLog.publish");
    assertFails(send("b"));
    assertThat(top()).isEqualTo(1);
  }

  @Test
  void shouldFailEverythingWhileItIsAway() {
    store.faults().setAway(true);
    assertFails(send("a"));
    assertFails(store.monitor().ping());
    store.faults().setAway(false);
    publish("b");

    assertThat(top()).isEqualTo(1);
  }

  @Test
  void shouldLoseTheEndOfARoom() {
    publish("a");
    publish("b");
    publish("c");

    store.rewind(ROOM, 2);

    assertThat(top()).isEqualTo(1);
    assertThat(publish("d").firstOffset()).isEqualTo(2);
  }

  @Test
  void shouldForgetEverything() {
    String epoch = publish("a").epoch();

    store.wipe();

    assertThat(publish("b").firstOffset()).isEqualTo(1);
    assertThat(publish("c").epoch()).isNotEqualTo(epoch);
  }

  @Test
  void shouldTellANodeThatItsSubscriptionsAreBack() {
    watch();
    store.disconnect(NODE);
    publish("unseen");
    store.reconnect(NODE);

    assertThat(recorder.sequences).isEmpty();
    assertThat(recorder.resubscribed).hasSize(store.channel().partitions());
    assertThat(store.roomLog().occupancy(ROOM).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void shouldKeepTheOrderOfPushesInAnySchedule() {
    List<Runnable> waiting = new ArrayList<>();
    store =
        new InMemoryStore(() -> 1, Runnable::run, waiting::add, InMemoryStore.Settings.defaults());
    Random random = new Random(7);
    watch();

    for (int index = 0; index < 100; index++) {
      send("m" + index);
    }
    while (!waiting.isEmpty()) {
      waiting.remove(random.nextInt(waiting.size())).run();
    }

    assertThat(recorder.sequences).hasSize(100).isSorted();
  }

  private void watch() {
    store.channel().open(NODE, recorder);
    store.roomLog().watch(ROOM, NODE, 1, 1);
  }

  private CompletionStage<Published> send(String payload) {
    sequence++;
    return store
        .roomLog()
        .publish(new PublishRequest(ROOM, List.of(payload), NODE, sequence, null));
  }

  private Published publish(String payload) {
    return send(payload).toCompletableFuture().join();
  }

  private long top() {
    return store.roomLog().state(ROOM).toCompletableFuture().join().top();
  }

  private static void assertFails(CompletionStage<?> answer) {
    assertThatThrownBy(() -> answer.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(SnapperException.class);
  }

  private static final class Recorder implements PushChannel.Listener {
    private final List<Long> sequences = new ArrayList<>();
    private final List<Integer> resubscribed = new ArrayList<>();

    @Override
    public void onPush(int partition, long number, Push push) {
      sequences.add(number);
    }

    @Override
    public void onResubscribed(int partition) {
      resubscribed.add(partition);
    }
  }
}
