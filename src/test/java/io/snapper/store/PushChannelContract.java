package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.core.store.PushChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a {@link PushChannel} promises. */
public abstract class PushChannelContract extends StoreContract {
  private static final int ROOMS = 100;

  @Test
  void shouldPutEveryNameIntoAPartition() {
    PushChannel channel = store().newChannel();

    for (int index = 0; index < ROOMS; index++) {
      assertThat(channel.partitionOf(new RoomName("room " + index)))
          .isBetween(0, channel.partitions() - 1)
          .isEqualTo(store().newChannel().partitionOf(new RoomName("room " + index)));
    }
  }

  @Test
  void shouldNumberThePushesOfEachPartitionAndKeepTheirOrder() {
    RecordedPushes pushes = listenAs(NODE);
    for (int index = 0; index < ROOMS; index++) {
      watch(new RoomName("room " + index), NODE, 1);
    }

    for (int round = 0; round < 3; round++) {
      for (int index = 0; index < ROOMS; index++) {
        publish(new RoomName("room " + index), "m");
      }
    }

    pushes.await(3 * ROOMS);
    Map<Integer, List<Long>> sequences = new HashMap<>();
    pushes
        .received()
        .forEach(
            push ->
                sequences
                    .computeIfAbsent(push.partition(), unknown -> new ArrayList<>())
                    .add(push.sequence()));
    long[] sent = get(pushes.channel().sequences(NODE));
    sequences.forEach(
        (partition, numbers) -> {
          for (int index = 0; index < numbers.size(); index++) {
            assertThat(numbers.get(index)).isEqualTo(index + 1);
          }
          assertThat(sent[partition]).isEqualTo(numbers.size());
        });
  }

  @Test
  void shouldCountNothingForANodeThatWasSentNothing() {
    assertThat(get(store().newChannel().sequences(OTHER_NODE)))
        .hasSize(store().newChannel().partitions())
        .containsOnly(0);
  }

  @Test
  void shouldReceiveNothingAfterClosing() {
    RecordedPushes closed = listenAs(NODE);
    RecordedPushes open = listenAs(OTHER_NODE);
    watch(ROOM, NODE, 1);
    watch(ROOM, OTHER_NODE, 1);
    closed.channel().close();

    store()
        .await(
            () -> {
              publish("a");
              return !get(store().roomLog().occupancy(ROOM)).containsKey(NODE);
            });
    int before = closed.pushes().size();
    publish("b");

    store().await(() -> open.messages().stream().anyMatch(m -> m.payload().equals("b")));
    assertThat(closed.pushes()).hasSize(before);
  }

  @Test
  void shouldAnswerThePing() {
    get(store().monitor().ping());
  }
}
