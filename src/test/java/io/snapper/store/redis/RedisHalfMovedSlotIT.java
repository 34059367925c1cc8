package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.UserDirectory;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisClusterProcesses;
import java.time.Duration;
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
  private static final NodeId OTHER_NODE = new NodeId("node-b");
  private static final UserId USER = new UserId("user");
  private static final ConsumerId CONSUMER = new ConsumerId("consumer");
  private static final ConsumerId OTHER_CONSUMER = new ConsumerId("other");
  private static final Position START = new Position("epoch", 0, 0);
  private static final Duration LIFE = Duration.ofMinutes(1);
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

  @Test
  void shouldEvictTheOwnerWhenItsListOfMailboxesHasMoved() {
    Mailboxes mailboxes = store.mailboxes();
    claim(CONSUMER, NODE);
    Blocking.get(mailboxes.requestClose(CONSUMER));
    claim(OTHER_CONSUMER, OTHER_NODE);
    move(KEYS.owned(0, NODE));

    Claim claim = claim(CONSUMER, OTHER_NODE);

    assertThat(claim.handoverPending()).isTrue();
    Push evicted = new Push.Evicted(CONSUMER, claim.mailbox().fence(), OTHER_NODE);
    Awaitility.await().until(() -> pushes.contains(evicted));
    assertThat(Blocking.get(mailboxes.ownedBy(OTHER_NODE, 0)))
        .containsExactlyInAnyOrder(CONSUMER, OTHER_CONSUMER);
  }

  @Test
  void shouldGiveAwayADeadNodesMailboxWhenTheListOfThemHasMoved() {
    Mailboxes mailboxes = store.mailboxes();
    claim(CONSUMER, GONE);
    Blocking.get(mailboxes.orphan(CONSUMER, GONE, LIFE));
    claim(OTHER_CONSUMER, NODE);
    move(KEYS.owned(0, GONE));

    claim(CONSUMER, NODE);

    assertThat(Blocking.get(mailboxes.ownedBy(NODE, 0)))
        .containsExactlyInAnyOrder(CONSUMER, OTHER_CONSUMER);
  }

  private Claim claim(ConsumerId consumer, NodeId node) {
    return Blocking.get(store.mailboxes().claim(consumer, USER, DeviceKind.WEB, node));
  }

  @Test
  void shouldTakeAConsumerThatNobodyOwnsOutOfItsOnlyRoom() {
    Mailboxes mailboxes = store.mailboxes();
    claim(OTHER_CONSUMER, NODE);
    Blocking.get(mailboxes.requestClose(OTHER_CONSUMER));
    Blocking.get(mailboxes.join(CONSUMER, ROOM, START, LIFE, 1));
    move();

    assertThat(Blocking.get(mailboxes.leave(CONSUMER, ROOM, START))).isTrue();
  }

  @Test
  void shouldRecordThatTheLastConnectionOfAUserHasGone() {
    PresenceLog presence = store.presence();
    Blocking.get(presence.enter(USER, connection(1)));
    Blocking.get(presence.leave(USER, CONSUMER, 1));
    Blocking.get(presence.enter(USER, connection(2)));
    move();

    assertThat(Blocking.get(presence.leave(USER, CONSUMER, 2)))
        .isEqualTo(new UserDirectory.Outcome(true, 0, true));

    try (RedisCli cli = cluster.master(OWNER).cli()) {
      assertThat(cli.call("XLEN", KEYS.changes(0))).as("twice online, twice offline").isEqualTo(4L);
    }
  }

  private static UserDirectory.Connection connection(long fence) {
    return new UserDirectory.Connection(CONSUMER, NODE, DeviceKind.WEB, fence, 0);
  }

  @Test
  void shouldLetARoomEndWhoseLastNodeStopsWatchingIt() {
    RoomLog log = store.roomLog();
    publish(ROOM, "1");
    Blocking.get(log.watch(ROOM, NODE, 1, 1));
    move();

    Blocking.get(log.watch(ROOM, NODE, 0, 2));

    try (RedisCli cli = cluster.master(OWNER).cli()) {
      assertThat((Long) cli.call("PTTL", KEYS.room(ROOM))).isPositive();
    }
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
