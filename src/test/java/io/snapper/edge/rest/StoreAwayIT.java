package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.edge.rest.ApiClient.Reply;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.TestRedis;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreAwayIT {
  private static final String PATH = "/api/v1/rooms/a/messages";
  private static final String BODY = "{\"message\":\"x\"}";

  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhileTheStoreIsAwayAndGoOnAfterwards(ServerKind kind) {
    try (TestRedis redis = TestRedis.start("--appendonly", "yes");
        RunningServer server = kind.start(Map.of("snapper.redis.address", redis.address()))) {
      ApiClient api = new ApiClient(server);
      assertThat(api.post(PATH, BODY, "Idempotency-Key", "before").status()).isEqualTo(200);

      redis.stop();
      Reply refused = api.post(PATH, BODY, "Idempotency-Key", "during");

      assertThat(refused.status()).as(refused.http().body()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
      assertThat(refused.json().getString("code")).isEqualTo("unavailable");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(api.get("/ready").status()).isEqualTo(503));
      assertThat(api.get("/ready").json().getJsonArray("obstacles")).isNotEmpty();
      assertThat(api.get("/live").status()).isEqualTo(200);

      redis.restart();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(api.post(PATH, BODY, "Idempotency-Key", "during").status())
                      .isEqualTo(200));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(api.get("/ready").status()).isEqualTo(200));
      assertThat(api.get(PATH).json().getInt("top")).isEqualTo(2);
    }
  }
}
