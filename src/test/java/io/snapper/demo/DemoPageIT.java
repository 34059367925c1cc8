package io.snapper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.browser.Chromium;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoPageIT {
  private static final Path NPM = Path.of("src", "test", "npm");
  private static final long STORY_LIMIT_SECONDS = 180;

  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldShowPushesToVisitors(ServerKind kind) throws Exception {
    Map<String, String> settings =
        Map.of(
            "snapper.redis.address",
            SharedServers.redis().address(),
            "snapper.demo.enabled",
            "true");

    try (RunningServer server = kind.start(settings)) {
      assertHeaders(get(server.http()));
      assertThat(post(server.http().resolve("/demo/session"), "{\"user\":5}").statusCode())
          .isEqualTo(400);

      tellStory(server.http());
    }
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldHideTheDemoWhileItIsOff(ServerKind kind) throws Exception {
    URI root = SharedServers.of(kind).http();

    HttpResponse<String> about = get(root);

    assertHeaders(about);
    assertThat(about.body()).contains("push broker", "/websocket/").doesNotContain("main.js");
    assertThat(get(root.resolve("/demo/main.js")).statusCode()).isEqualTo(404);
    assertThat(get(root.resolve("/demo/clock")).statusCode()).isEqualTo(404);
    assertThat(post(root.resolve("/demo/session"), "{\"user\":\"ada\"}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldServeTheClientAsPublished() {
    Path ours = Path.of("src", "main", "webapp", "vendor", "engine.io-client", "engine.io.js");
    Path published = NPM.resolve(Path.of("node_modules", "engine.io-client", "engine.io.js"));

    assertThat(ours).hasSameBinaryContentAs(published);
  }

  private static void tellStory(URI page) throws IOException, InterruptedException {
    Path output = Files.createTempFile("demo-page", ".log");
    Process story =
        new ProcessBuilder(
                "node", "demo/demo.mjs", page.toString(), Chromium.executable().toString())
            .directory(NPM.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean hasEnded = story.waitFor(STORY_LIMIT_SECONDS, TimeUnit.SECONDS);

      assertThat(hasEnded).as("ends in time; it said:%n%s", Files.readString(output)).isTrue();
      assertThat(story.exitValue()).as("it said:%n%s", Files.readString(output)).isZero();
    } finally {
      story.descendants().forEach(ProcessHandle::destroyForcibly);
      story.destroyForcibly();
      Files.delete(output);
    }
  }

  private static void assertHeaders(HttpResponse<String> page) {
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(URI address, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
