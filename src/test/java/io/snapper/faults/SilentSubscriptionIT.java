package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.RoomName;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.net.CuttableProxy;
import io.snapper.testing.net.CuttableProxy.Direction;
import io.snapper.testing.net.ProxiedConnection;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose subscriptions die without a word. */
class SilentSubscriptionIT {
  private static final RoomName ROOM = new RoomName("room");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private RedisProcess redis;
  private CuttableProxy proxy;
  private RunningNode node;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    proxy = CuttableProxy.to(redis.port());
    node =
        RunningNode.start(
            RedisStoreOptions.single(URI.create("redis://127.0.0.1:" + proxy.port()))
                .withPassword(redis.password())
                .withTimeout(Duration.ofSeconds(2)));
  }

  @AfterEach
  void stop() {
    node.close();
    proxy.close();
    redis.close();
  }

  @Test
  void shouldReplaceASubscriptionConnectionThatBringsNothingAnyMore() {
    Device device = Device.connect("device", () -> node).in(ROOM);
    SteadyProducer producer = SteadyProducer.start(node, ROOM);
    Delivery delivery = new Delivery(producer, device);
    delivery.awaitProgress();

    assertThat(proxy.stall(Direction.TO_CLIENT, SilentSubscriptionIT::isSubscribing)).isEqualTo(1);

    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .until(() -> node.obstacles().equals(List.of("256 of 256 subscriptions are silent")));
    Awaitility.await().atMost(PATIENCE).until(() -> node.obstacles().isEmpty());
    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.report("subscription connection silent");
    delivery.assertNothingLost();
    assertThat(device.connections()).isEqualTo(1);
  }

  @Test
  void shouldStayRedWhileNoSubscriptionWorks() {
    proxy.stall(Direction.TO_CLIENT, SilentSubscriptionIT::isSubscribing);
    proxy.refuse();
    Awaitility.await().atMost(PATIENCE).until(() -> !node.obstacles().isEmpty());

    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .until(() -> node.obstacles().equals(List.of("256 of 256 subscriptions are silent")));

    proxy.accept();
    Awaitility.await().atMost(PATIENCE).until(() -> node.obstacles().isEmpty());
  }

  @Test
  void shouldSubscribeAgainWhatTheServerHasForgotten() {
    try (RedisCli cli = redis.cli()) {
      // A connection that is reset has to prove itself again; so nothing is asked for here.
      cli.call("CONFIG", "SET", "requirepass", "");
    }
    Device device = Device.connect("device", () -> node).in(ROOM);
    SteadyProducer producer = SteadyProducer.start(node, ROOM);
    Delivery delivery = new Delivery(producer, device);
    delivery.awaitProgress();

    try (RedisCli cli = new RedisCli(redis.port(), null)) {
      // Ends all subscriptions of the connection, and the client is not told.
      assertThat(proxy.inject("RESET\r\n", SilentSubscriptionIT::isSubscribing)).isEqualTo(1);
      Awaitility.await()
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> channels(cli).isEmpty());
      Awaitility.await().atMost(PATIENCE).until(() -> channels(cli).size() == 256);
    }
    delivery.awaitProgress();
    producer.stop();
    delivery.awaitLast();
    delivery.assertNothingLost();
  }

  private static List<?> channels(RedisCli cli) {
    return (List<?>) cli.call("PUBSUB", "SHARDCHANNELS", "*");
  }

  private static boolean isSubscribing(ProxiedConnection connection) {
    return connection.hasClientSaid("SSUBSCRIBE");
  }
}
