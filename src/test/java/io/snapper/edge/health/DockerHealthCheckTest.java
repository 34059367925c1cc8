package io.snapper.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the Dockerfile's health check against answers of a node. */
class DockerHealthCheckTest {
  private static final Pattern COMMAND =
      Pattern.compile("HEALTHCHECK [^\\[]*CMD (\\[.*])$", Pattern.MULTILINE);

  private HttpServer node;

  @BeforeEach
  void listen() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  @Test
  void shouldTakeANodeThatIsNotReadyForHealthy() throws Exception {
    answer(Map.of("/live", 200, "/ready", 503));

    assertThat(check()).isZero();
  }

  @Test
  void shouldTakeANodeThatFailsForUnhealthy() throws Exception {
    answer(Map.of("/live", 500, "/ready", 500));

    assertThat(check()).isNotZero();
  }

  private void answer(Map<String, Integer> statuses) {
    statuses.forEach(
        (path, status) ->
            node.createContext(
                path,
                exchange -> {
                  exchange.sendResponseHeaders(status, -1);
                  exchange.close();
                }));
  }

  /** Returns the exit code, 0 for healthy. */
  private int check() throws Exception {
    Matcher found = COMMAND.matcher(Files.readString(Path.of("Dockerfile")));
    assertThat(found.find()).isTrue();
    String command =
        found.group(1).replace("127.0.0.1/8080", "127.0.0.1/" + node.getAddress().getPort());
    try (JsonReader reader = Json.createReader(new StringReader(command))) {
      List<String> words = reader.readArray().getValuesAs(JsonString::getString);
      return new ProcessBuilder(words).start().waitFor();
    }
  }
}
