package io.snapper.edge.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.config.SnapperSettings;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource
  void shouldShowTheCountersToWhoMayReadThem(ServerKind kind) throws Exception {
    RunningServer server = SharedServers.of(kind);

    HttpResponse<String> answer =
        get(server, "?token=" + tokens(server).issueStatistics(inAnHour()));

    assertThat(answer.statusCode()).isEqualTo(200);
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      JsonObject document = reader.readObject();
      JsonObject stats = document.getJsonObject("stats");
      assertThat(document).containsKeys("server", "version");
      assertThat(stats.getJsonObject("total").getString("producerMessages")).matches("\\d+");
      assertThat(stats.getInt("online")).isNotNegative();
      assertThat(stats.getJsonObject("current").keySet())
          .anyMatch(key -> key.startsWith(document.getString("serverId") + ":"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseOthers(ServerKind kind) throws Exception {
    RunningServer server = SharedServers.of(kind);
    Hs256Tokens tokens = tokens(server);

    assertThat(get(server, "").statusCode()).isEqualTo(401);
    assertThat(get(server, "?token=x.y.z").statusCode()).isEqualTo(401);
    assertThat(get(server, "?token=" + tokens.issueStatistics(inAnHour() - 7200)).statusCode())
        .isEqualTo(401);
    assertThat(get(server, "?token=" + tokens.issueProducer("p", inAnHour())).statusCode())
        .isEqualTo(400);
  }

  private static HttpResponse<String> get(RunningServer server, String query) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.http().resolve("/stats" + query)).build(),
        BodyHandlers.ofString());
  }

  private static Hs256Tokens tokens(RunningServer server) {
    return Hs256Tokens.load(
        SnapperSettings.of(Map.of("snapper.data.dir", server.dataDirectory().toString())),
        InstantSource.system());
  }

  private static long inAnHour() {
    return Instant.now().plusSeconds(3600).getEpochSecond();
  }
}
