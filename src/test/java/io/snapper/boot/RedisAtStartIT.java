package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.TestRedis;
import io.snapper.testing.store.RedisCli;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node makes of a Redis that is not there, not yet ready, or not the right one. */
class RedisAtStartIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Loading its data takes this Redis 4 s, in which it answers every question with LOADING. */
  private static final String[] SLOW_START = {
    "--save", "3600 1000000",
    "--key-load-delay", "20000",
    "--rdbcompression", "no",
    "--loading-process-events-interval-bytes", "1024"
  };

  private static final int KEYS = 200;
  private static final int VALUE_BYTES = 2_000;

  @ParameterizedTest
  @EnumSource
  void shouldWaitForRedisAndSaySo(ServerKind kind) {
    try (TestRedis redis = TestRedis.start(SLOW_START)) {
      try (RedisCli cli = new RedisCli(redis.port(), null)) {
        for (int key = 0; key < KEYS; key++) {
          cli.call("SET", "other:" + key, "x".repeat(VALUE_BYTES));
        }
        cli.call("SAVE");
      }
      redis.stop();

      try (RunningServer server = kind.launch(Map.of("snapper.redis.address", redis.address()))) {
        SimpleClient.awaitNotReady(server.http(), "\"DOWN\"", "the node is starting");
        assertThat(SimpleClient.get(server.http().resolve("live")).statusCode()).isEqualTo(200);
        Awaitility.await().atMost(LIMIT).until(() -> server.log().contains("waiting for Redis at"));
        assertThat(server.log()).contains("127.0.0.1:" + redis.port());
        assertThat(SimpleClient.isListening(server.producerPort())).isFalse();

        redis.restart();

        server.awaitReady();
        Awaitility.await()
            .atMost(LIMIT)
            .until(() -> SimpleClient.isListening(server.producerPort()));
        try (RedisClients clients = new RedisClients(redis.port())) {
          assertThat(clients.count()).isPositive();
          server.stop();
          assertThat(clients.count()).as("connections after SIGTERM").isZero();
        }
      }
    }
  }

  @Test
  void shouldRefuseARedisThatWasSetUpForOtherPartitions() {
    try (TestRedis redis = TestRedis.start()) {
      try (RedisCli cli = new RedisCli(redis.port(), null)) {
        cli.call("HSET", "snp:{nodes}:format", "partitions", 64);
      }
      try (RunningServer server =
          ServerKind.PAYARA_MICRO.launch(Map.of("snapper.redis.address", redis.address()))) {
        assertRefused(server, "set up for 64 partitions, and 256 are set now");
      }
    }
  }

  @Test
  void shouldRefuseARedisThatIsTooOld() throws Exception {
    try (TestRedis redis = TestRedis.start();
        AgeingProxy old = new AgeingProxy(redis.port());
        RunningServer server =
            ServerKind.WILDFLY.launch(Map.of("snapper.redis.address", old.address()))) {
      assertRefused(server, "Redis 6.", "is too old");
    }
  }

  private static void assertRefused(RunningServer server, String... reasons) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> server.log().contains("the node can't start: ") || !server.isAlive());

    assertThat(server.log()).contains(reasons);
    SimpleClient.awaitNotReady(server.http(), reasons);
    assertThat(SimpleClient.isListening(server.producerPort())).isFalse();
  }
}
