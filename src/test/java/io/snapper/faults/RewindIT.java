package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.net.CuttableProxy;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node whose Redis loses its end: a replica that had not got the last writes takes over the
 * master's address.
 */
class RewindIT {
  private static final RoomName ROOM = new RoomName("room");
  private static final String PASSWORD = "secret-of-both";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private RedisProcess master;
  private RedisProcess replica;
  private CuttableProxy address;
  private RunningNode node;
  private volatile int port;

  @BeforeEach
  void start() {
    master = RedisProcess.start(List.of("repl-diskless-sync-delay 0"), PASSWORD);
    replica =
        RedisProcess.start(
            List.of("masterauth " + PASSWORD, "replicaof 127.0.0.1 " + master.port()), PASSWORD);
    Awaitility.await().atMost(PATIENCE).until(replica::isReplicating);
    port = master.port();
    address = CuttableProxy.to(() -> port, "address-of-redis");
    node =
        RunningNode.start(
            RedisStoreOptions.single(URI.create("redis://127.0.0.1:" + address.port()))
                .withPassword(PASSWORD));
  }

  @AfterEach
  void stop() {
    node.close();
    address.close();
    replica.close();
    master.close();
  }

  @Test
  void shouldTellOfTheGapAndGoOn() {
    Device device = Device.connect("device", () -> node).in(ROOM);
    SteadyProducer producer = SteadyProducer.start(node, ROOM);
    Delivery delivery = new Delivery(producer, device);
    delivery.awaitProgress();
    promote();
    int lastKept = producer.lastAccepted();
    Awaitility.await().atMost(PATIENCE).until(() -> device.payloads().size() > lastKept + 50);

    switchOver();
    long backNanos = System.nanoTime();

    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report("replica that lacks the end takes over", backNanos);
    delivery.assertInOrderAndOnce();
    assertThat(device.gaps()).anyMatch(gap -> gap.room().equals(ROOM));
    delivery.assertLostAtMostBefore(backNanos);
    assertThat(device.connections()).isEqualTo(1);
    assertReady();
  }

  @Test
  void shouldServeADeviceThatWasAwayWhileTheEndWasLost() {
    Device device = Device.connect("device", () -> node).in(ROOM);
    SteadyProducer producer = SteadyProducer.start(node, ROOM);
    Delivery delivery = new Delivery(producer, device);
    delivery.awaitProgress();
    promote();
    delivery.awaitProgress();
    device.leave();
    Awaitility.await()
        .until(
            () -> node.broker().connections(device.user()).toCompletableFuture().join().isEmpty());

    switchOver();
    long backNanos = System.nanoTime();
    assertReady();
    int before = producer.lastAccepted();
    Awaitility.await().atMost(PATIENCE).until(() -> producer.lastAccepted() > before + 10);
    int received = device.payloads().size();
    device.comeBack();

    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report("the same while a device is away", backNanos);
    // Redis has lost its last acknowledgements, too: what they were for comes again.
    delivery.assertInOrderAndOnceFrom(received);
    delivery.assertLostAtMostBefore(backNanos);
  }

  /** From now on the replica gets nothing more and thinks itself a master. */
  private void promote() {
    try (RedisCli cli = replica.cli()) {
      cli.call("REPLICAOF", "NO", "ONE");
    }
  }

  private void switchOver() {
    master.kill();
    port = replica.port();
    address.cut();
  }

  private void assertReady() {
    Awaitility.await().atMost(PATIENCE).until(() -> node.obstacles().isEmpty());
  }
}
