package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.BrokerOptions;
import io.snapper.core.PublishOptions;
import io.snapper.core.delivery.DeliveryOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.engine.UsualDelivery;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left in Redis when everything has had its time. */
class EverythingEndsIT {
  private static final Duration LIFE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A room's epoch outlives what refers to it by an hour; a removed node's counters live a day. */
  private static final long LONGEST_LIFE_MS = Duration.ofDays(1).toMillis();

  private static final RoomName ROOM = new RoomName("room");

  private RedisProcess redis;
  private RedisCli cli;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    cli = redis.cli();
  }

  @AfterEach
  void stop() {
    cli.close();
    redis.close();
  }

  @Test
  void shouldKeepNothingWithoutEndButTheFormatAndTheTotals() {
    RunningNode node = startNode();
    RunningNode other = startNode();
    live(node, other);

    // What a living node needs to be one has no end, and goes with it.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(kinds(endless()))
                    .isSubsetOf("format", "totals", "rooms", "leases", "reports", "seq"));
    node.close();

    assertThat(kinds(endless())).isSubsetOf("format", "totals", "rooms");
    for (String key : keys()) {
      assertThat((Long) cli.call("PTTL", key)).as(key).isLessThanOrEqualTo(LONGEST_LIFE_MS);
    }
    // What has a life in the settings has ended with it.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(kinds(keys()))
                    .isSubsetOf("format", "totals", "rooms", "removed", "room", "pub"));
  }

  /** Does everything that leaves traces: rooms, mailboxes, keys of publications, a dead node. */
  private static void live(RunningNode node, RunningNode other) {
    Device device = Device.connect("device", () -> node).in(ROOM);
    Device moving = Device.connect("moving", () -> other).in(ROOM);
    Device dying = Device.connect("dying", () -> other).in(ROOM);
    for (int index = 0; index < 20; index++) {
      publish(node, new RoomName("room " + index), PublishOptions.idempotent("key " + index));
      publish(
          other,
          ROOM,
          PublishOptions.numbered(new PublishRequest.Sequence("producer", index + 1, 0)));
    }
    publish(node, RoomName.ofConsumer(device.id()), PublishOptions.HELD);
    // Somebody who never comes.
    node.broker().join(ROOM, new ConsumerId("absent")).toCompletableFuture().join();
    Device moved = Device.connect("moving", () -> node);
    moving.leave();
    moved.leave();
    Awaitility.await().atMost(PATIENCE).until(() -> dying.payloads().size() >= 20);
    dying.leaveWithoutAWord();
    other.kill();
    node.broker().leave(ROOM, device.id()).toCompletableFuture().join();
    device.leave();
  }

  private static void publish(RunningNode node, RoomName room, PublishOptions options) {
    node.broker().publish(room, List.of("text"), options).toCompletableFuture().join();
  }

  private RunningNode startNode() {
    DeliveryOptions delivery = UsualDelivery.but().withMailboxLives(LIFE, LIFE).options();
    return RunningNode.start(
        RedisStoreOptions.single(redis.address())
            .withPassword(redis.password())
            .withRetention(
                new RedisStoreOptions.Retention(
                    1024, Duration.ofMinutes(1), 65_536, LIFE, LIFE, LIFE, LIFE)),
        BrokerOptions.defaults("test:8080").withDelivery(delivery));
  }

  private List<String> keys() {
    return ((List<?>) cli.call("KEYS", "*")).stream().map(String.class::cast).toList();
  }

  /** Returns the keys that no time takes away. */
  private List<String> endless() {
    return keys().stream().filter(key -> cli.call("PTTL", key).equals(-1L)).toList();
  }

  /** Returns what stands behind the hash tag: {@code room} for {@code snp:{3.1}:room:a}. */
  private static Set<String> kinds(List<String> keys) {
    return keys.stream()
        .map(key -> key.replaceFirst("^[^}]*}:", "").replaceFirst(":.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
