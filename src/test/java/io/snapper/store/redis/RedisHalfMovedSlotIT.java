package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.testing.store.RedisClusterProcesses;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A store whose only slot is on its way to another master: of the keys some have moved. A script
 * runs if all keys that it names are still there; Redis refuses what it does to others.
 */
class RedisHalfMovedSlotIT {
  private static final NodeId NODE = new NodeId("node-a");
  private static final NodeId GONE = new NodeId("gone");
  private static final RoomName ROOM = new RoomName("room");
  private static final RoomName OTHER_ROOM = new RoomName("other");
  private static final String PREFIX = "half";
  private static final RedisKeys KEYS = new RedisKeys(PREFIX, 1);
  private static final int SLOT = HashSlots.slotOf(RedisKeys.tagOf(0, 1));
  private static final int MASTERS = 2;
  private static final int OWNER = SLOT * MASTERS / HashSlots.COUNT;
  private static final int NEXT_OWNER = 1 - OWNER;

  private final Queue<Push> pushes = new ConcurrentLinkedQueue<>();
  private RedisClusterProcesses cluster;
  private RedisStore store;
  private PushChannel channel;
  private long sequence;

  @BeforeEach
  void open() {
    cluster = RedisClusterProcesses.start(MASTERS);
    store =
        RedisStore.open(
            RedisStoreOptions.cluster(cluster.addresses())
                .withPassword(cluster.password())
                .withPrefix(PREFIX)
                .withPartitions(1),
            Thread::new);
    channel = store.channel();
    Blocking.get(
        channel.open(
            NODE,
            new PushChannel.Listener() {
              @Override
              public void onPush(int partition, long number, Push push) {
                pushes.add(push);
              }

              @Override
              public void onResubscribed(int partition) {
                // The subscription stays until the slot has moved.
              }
            }));
  }

  @AfterEach
  void close() {
    channel.close();
    store.close();
    cluster.close();
  }

  private void move(String... keys) {
    cluster.beginMove(SLOT, OWNER, NEXT_OWNER);
    for (String key : keys) {
      cluster.moveKey(key, OWNER, NEXT_OWNER);
    }
  }

  @Test
  void shouldPushToAllNodesWhenTheRoomsOfOneThatIsGoneHaveMoved() {
    RoomLog log = store.roomLog();
    publish(ROOM, "1");
    Blocking.get(log.watch(ROOM, GONE, 1, 1));
    Blocking.get(log.watch(ROOM, NODE, 1, 1));
    Blocking.get(log.watch(OTHER_ROOM, NODE, 1, 1));
    publish(OTHER_ROOM, "1");
    move(KEYS.watchedRooms(0, GONE));

    Published published = publish(ROOM, "2");

    assertThat(published.lastOffset()).isEqualTo(2);
    Awaitility.await().until(() -> pushes.stream().anyMatch(push -> isFrom(ROOM, push)));
    assertThat(Blocking.get(log.occupancy(ROOM))).containsOnlyKeys(NODE);
  }

  private static boolean isFrom(RoomName room, Push push) {
    return push instanceof Push.RoomMessages messages && messages.room().equals(room);
  }

  private Published publish(RoomName room, String payload) {
    sequence++;
    return Blocking.get(
        store.roomLog().publish(new PublishRequest(room, List.of(payload), NODE, sequence, null)));
  }
}
