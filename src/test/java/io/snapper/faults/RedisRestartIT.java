package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose single Redis is killed and comes back. */
class RedisRestartIT {
  private static final RoomName ROOM = new RoomName("room");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private RedisProcess redis;
  private RunningNode node;
  private Device device;
  private SteadyProducer producer;
  private Delivery delivery;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    node =
        RunningNode.start(RedisStoreOptions.single(redis.address()).withPassword(redis.password()));
    device = Device.connect("device", () -> node).in(ROOM);
    producer = SteadyProducer.start(node, ROOM);
    delivery = new Delivery(producer, device);
    delivery.awaitProgress();
  }

  @AfterEach
  void stop() {
    producer.close();
    node.close();
    redis.close();
  }

  @Test
  void shouldLoseNothingWhenItComesBackWithItsData() {
    redis.kill();
    redis.restart();
    long backNanos = System.nanoTime();

    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report("Redis killed, restarted with its data", backNanos);
    delivery.assertNothingLost();
    assertReady();
  }

  @Test
  void shouldTellOfTheGapAndGoOnWhenItComesBackEmpty() {
    redis.kill();
    redis.restartEmpty();
    long backNanos = System.nanoTime();

    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report("Redis killed, restarted without data", backNanos);
    delivery.assertInOrderAndOnce();
    assertThat(device.gaps()).anyMatch(gap -> gap.room().equals(ROOM));
    delivery.assertLostAtMostBefore(backNanos);
    assertReady();
  }

  /** The node and its consumers are there again, and a new consumer is served as before. */
  private void assertReady() {
    Awaitility.await().atMost(PATIENCE).until(() -> node.obstacles().isEmpty());
    Device other = Device.connect("other", () -> node).in(ROOM);
    SteadyProducer more = SteadyProducer.start(node, ROOM);
    new Delivery(more, other).awaitProgress();
    more.stop();
    new Delivery(more, other).awaitLast();
    assertThat(new Delivery(more, other).lost()).isEqualTo(List.of());
  }
}
