package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.RoomName;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker whose Redis goes away between the connecting and the end of the start. */
class StartIT {
  private static final int PAUSE_MS = 2_000;

  private RedisProcess redis;
  private RunningNode node;

  @BeforeEach
  void connect() {
    redis = RedisProcess.start();
    node =
        RunningNode.connect(
            RedisStoreOptions.single(redis.address())
                .withPassword(redis.password())
                .withPartitions(16)
                .withTimeout(Duration.ofMillis(500)));
  }

  @AfterEach
  void stop() {
    node.close();
    redis.close();
  }

  @Test
  void shouldWaitForItsLease() {
    pause("WRITE");

    CompletableFuture<Void> start = node.broker().start().toCompletableFuture();

    assertThat(node.obstacles()).isNotEmpty();
    start.orTimeout(10, TimeUnit.SECONDS).join();
    assertServes();
  }

  @Test
  void shouldStartAfterAnAttemptThatFailed() {
    pause("ALL");

    assertThatThrownBy(() -> node.broker().start().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SnapperException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(() -> node.broker().start().toCompletableFuture().join());

    assertServes();
  }

  private void pause(String what) {
    try (RedisCli cli = redis.cli()) {
      cli.call("CLIENT", "PAUSE", PAUSE_MS, what);
    }
  }

  private void assertServes() {
    assertThat(node.obstacles()).isEmpty();
    RoomName room = new RoomName("room");
    Device device = Device.connect("device", () -> node).in(room);
    SteadyProducer producer = SteadyProducer.start(node, room);
    Delivery delivery = new Delivery(producer, device);
    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.assertNothingLost();
  }
}
