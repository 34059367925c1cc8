package io.snapper.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerStartIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldBecomeReadyWithTheWarAtTheRoot(ServerKind kind) throws Exception {
    RunningServer server = SharedServers.of(kind);

    int ready =
        CLIENT
            .send(HttpRequest.newBuilder(server.readiness()).build(), BodyHandlers.discarding())
            .statusCode();

    assertThat(ready).isEqualTo(200);
    assertThat(server.isAlive()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldDescribeItsResources(ServerKind kind) throws Exception {
    RunningServer server = SharedServers.of(kind);
    HttpRequest request = HttpRequest.newBuilder(server.http().resolve("/openapi")).build();

    String document = CLIENT.send(request, BodyHandlers.ofString()).body();

    assertThat(document).contains("openapi:", "/api/");
  }
}
