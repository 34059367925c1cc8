package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisClusterProcesses;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A node in whose cluster a slot goes to another master while messages are published in it. */
class SlotMigrationIT {
  private static final RoomName ROOM = new RoomName("room");
  private static final String ROOM_KEY = "*:room:room";

  @Test
  void shouldLoseNothingWhileASlotMoves() {
    try (RedisClusterProcesses cluster = RedisClusterProcesses.start();
        RunningNode node =
            RunningNode.start(
                RedisStoreOptions.cluster(cluster.addresses()).withPassword(cluster.password()))) {
      Device device = Device.connect("device", () -> node).in(ROOM);
      SteadyProducer producer = SteadyProducer.start(node, ROOM);
      Delivery delivery = new Delivery(producer, device);
      delivery.awaitProgress();
      int owner = cluster.masterWith(ROOM_KEY);
      int slot = cluster.slotOf(ROOM_KEY, owner);

      cluster.moveSlot(slot, owner, (owner + 1) % 3);
      long movedNanos = System.nanoTime();
      delivery.awaitProgress();
      cluster.moveSlot(slot, (owner + 1) % 3, owner);
      delivery.awaitProgress();

      producer.stop();
      delivery.awaitLast();
      delivery.report("slot moved and moved back", movedNanos);
      delivery.assertNothingLost();
      assertThat(device.connections()).isEqualTo(1);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(node.obstacles()).isEmpty());
    }
  }
}
