package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisClusterProcesses;
import io.snapper.testing.store.RedisProcess;
import io.snapper.testing.store.RedisSentinelProcesses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Nodes whose master is killed and replaced by its replica. What the replica has got is not lost;
 * what it hasn't is told as a gap.
 */
class RedisFailoverIT {
  private static final RoomName ROOM = new RoomName("room");
  private static final String ROOM_KEY = "*:room:room";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration DOWN_AFTER = Duration.ofSeconds(2);

  @Test
  void shouldGoOnWithTheNewMasterOfACluster() {
    try (RedisClusterProcesses cluster = RedisClusterProcesses.startWithReplicas(DOWN_AFTER);
        RunningNode node =
            RunningNode.start(
                RedisStoreOptions.cluster(cluster.addresses()).withPassword(cluster.password()))) {
      Device device = Device.connect("device", () -> node).in(ROOM);
      SteadyProducer producer = SteadyProducer.start(node, ROOM);
      Delivery delivery = new Delivery(producer, device);
      delivery.awaitProgress();
      int owner = cluster.masterWith(ROOM_KEY);

      cluster.master(owner).kill();

      assertGoesOn(
          "master of a cluster killed", cluster.replica(owner), delivery, producer, device);
      assertReady(node);
    }
  }

  @Test
  void shouldGoOnWithTheMasterThatTheSentinelsChoose() {
    try (RedisSentinelProcesses sentinels = RedisSentinelProcesses.start(DOWN_AFTER);
        RunningNode node = RunningNode.start(options(sentinels))) {
      Device device = Device.connect("device", () -> node).in(ROOM);
      SteadyProducer producer = SteadyProducer.start(node, ROOM);
      Delivery delivery = new Delivery(producer, device);
      delivery.awaitProgress();

      sentinels.master().kill();

      assertGoesOn(
          "master of the sentinels killed", sentinels.replica(), delivery, producer, device);
      assertReady(node);
    }
  }

  private static RedisStoreOptions options(RedisSentinelProcesses sentinels) {
    return new RedisStoreOptions(
        RedisStoreOptions.Layout.SENTINEL,
        List.of(sentinels.address()),
        Optional.of(RedisSentinelProcesses.MASTER_NAME),
        Optional.empty(),
        Optional.of(sentinels.password()),
        "snp",
        RedisStoreOptions.DEFAULT_PARTITIONS,
        Duration.ofSeconds(3),
        4,
        RedisStoreOptions.Retention.defaults());
  }

  private static void assertGoesOn(
      String fault,
      RedisProcess replica,
      Delivery delivery,
      SteadyProducer producer,
      Device device) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(10, TimeUnit.MILLISECONDS)
        .until(replica::isMaster);
    long promotedNanos = System.nanoTime();
    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report(fault, promotedNanos);
    delivery.assertInOrderAndOnce();
    delivery.assertLostAtMostBefore(promotedNanos);
    if (!delivery.lost().isEmpty()) {
      // The replica had not got the last messages yet.
      assertThat(device.gaps()).anyMatch(gap -> gap.room().equals(ROOM));
    }
    assertThat(device.connections()).isEqualTo(1);
  }

  private static void assertReady(RunningNode node) {
    Awaitility.await().atMost(PATIENCE).until(() -> node.obstacles().isEmpty());
  }
}
