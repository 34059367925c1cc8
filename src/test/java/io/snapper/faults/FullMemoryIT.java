package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.PublishOptions;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes whose Redis has reached its maxmemory and evicts nothing. */
class FullMemoryIT {
  private static final RoomName ROOM = new RoomName("room");
  private static final RoomName OTHER_ROOM = new RoomName("other");
  private static final int MESSAGE_LENGTH = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private RedisProcess redis;
  private RunningNode node;
  private RunningNode other;

  @BeforeEach
  void start() {
    redis = RedisProcess.start(List.of("maxmemory 12mb"));
    RedisStoreOptions options =
        RedisStoreOptions.single(redis.address()).withPassword(redis.password()).withPartitions(16);
    node = RunningNode.start(options);
    other = RunningNode.start(options);
  }

  @AfterEach
  void stop() {
    other.close();
    node.close();
    redis.close();
  }

  @Test
  void shouldRefuseWhatIsNewAndGoOnWhenThereIsRoomAgain() {
    Device device = Device.connect("device", () -> node).in(ROOM);
    SteadyProducer producer = SteadyProducer.start(node, ROOM);
    Delivery delivery = new Delivery(producer, device);
    delivery.awaitProgress();

    fill();

    assertRefused(publish(ROOM, "refused"));
    assertRefused(publish(new RoomName("a room that is new"), "refused"));
    assertRefused(node.broker().join(OTHER_ROOM, device.id()));
    try (RedisCli cli = redis.cli()) {
      assertThat((List<?>) cli.call("KEYS", "*a room that is new*")).isEmpty();
    }
    assertThat(node.obstacles()).isEmpty();
    Awaitility.await().atMost(PATIENCE).until(() -> producer.refusals().size() > 10);
    free();
    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report("maxmemory reached");
    assertThat(producer.refusals()).allSatisfy(FullMemoryIT::assertStoreFull);
    delivery.assertNothingLost();
    assertThat(device.payloads()).doesNotContain("refused");
    assertThat(device.connections()).isEqualTo(1);
  }

  @Test
  void shouldServeConsumersWhileItIsFull() {
    Device device = Device.connect("device", () -> node).in(ROOM);
    publish(ROOM, "1").toCompletableFuture().join();
    Awaitility.await().atMost(PATIENCE).until(() -> device.payloads().contains("1"));
    device.leave();
    await(() -> connections(device) == 0);
    publish(ROOM, "2").toCompletableFuture().join();

    fill();

    // Connecting, catching up, moving, leaving.
    Device again = Device.connect("device", () -> node);
    await(() -> again.payloads().equals(List.of("2")));
    Device moved = Device.connect("device", () -> other);
    await(() -> connections(device) == 1);
    assertThat(node.broker().leave(ROOM, moved.id()).toCompletableFuture().join()).isTrue();
    moved.leave();
    await(() -> connections(device) == 0);
    // A new device, and the death of its node.
    Device fresh = Device.connect("fresh", () -> other);
    await(() -> connections(fresh) == 1);
    other.kill();
    await(() -> connections(fresh) == 0);
    assertThat(node.obstacles()).isEmpty();
    assertRefused(publish(ROOM, "refused"));
    free();
    assertThat(publish(ROOM, "3").toCompletableFuture().join().firstOffset()).isEqualTo(3);
  }

  private CompletionStage<Published> publish(RoomName room, String text) {
    return node.broker().publish(room, List.of(text), PublishOptions.HELD);
  }

  private int connections(Device device) {
    return node.broker().connections(device.user()).toCompletableFuture().join().size();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).until(condition);
  }

  /**
   * Publishes until Redis refuses; then lowers the limit, since Redis frees buffers now and then.
   */
  private void fill() {
    RoomName room = RoomName.ofConsumer(new ConsumerId("filler"));
    String text = "x".repeat(MESSAGE_LENGTH);
    CompletableFuture<Published> answer;
    do {
      answer = publish(room, text).toCompletableFuture();
      answer.handle((published, refused) -> null).orTimeout(5, TimeUnit.SECONDS).join();
    } while (!answer.isCompletedExceptionally());
    assertRefused(answer);
    limitMemory(1);
  }

  private void free() {
    limitMemory(0);
  }

  private void limitMemory(int bytes) {
    try (RedisCli cli = redis.cli()) {
      cli.call("CONFIG", "SET", "maxmemory", bytes);
    }
  }

  private static void assertRefused(CompletionStage<?> answer) {
    assertThatThrownBy(() -> answer.toCompletableFuture().orTimeout(1, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .satisfies(failure -> assertStoreFull(failure.getCause()));
  }

  private static void assertStoreFull(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    assertThat(cause)
        .isInstanceOfSatisfying(
            SnapperException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_FULL);
              assertThat(refusal.getMessage()).contains("out of memory (maxmemory)");
            });
  }
}
