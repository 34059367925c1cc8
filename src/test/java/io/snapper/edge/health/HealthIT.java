package io.snapper.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource
  void shouldAnswerAtTheSamePlaceOnEveryServer(ServerKind kind) throws Exception {
    RunningServer server = SharedServers.of(kind);

    HttpResponse<String> ready = get(server.http().resolve("/ready"));
    HttpResponse<String> live = get(server.http().resolve("/live"));

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).isEqualTo("{\"status\":\"UP\",\"obstacles\":[]}");
    assertThat(live.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellMicroProfileHealth(ServerKind kind) throws Exception {
    RunningServer server = SharedServers.of(kind);

    assertThat(get(server.readiness()).body()).contains("snapper-ready", "\"UP\"");
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
