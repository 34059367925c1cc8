package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Somebody else listens where the broker should. */
class PortInUseIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void shouldEndTheRunnableJarAndNameTheHttpPort() throws IOException {
    try (ServerSocket other = new ServerSocket(FreePorts.next())) {
      int port = other.getLocalPort();

      assertThat(errorsOfRunnableJar("--port", port))
          .containsPattern("Snapper could not be started\\. HTTP port " + port + ": .*in use");
    }
  }

  @Test
  void shouldEndTheRunnableJarAndNameTheHttpsPort() throws IOException {
    try (ServerSocket other = new ServerSocket(FreePorts.next())) {
      int port = other.getLocalPort();

      assertThat(errorsOfRunnableJar("--port", FreePorts.next(), "--sslPort", port))
          .containsPattern("Snapper could not be started\\. HTTPS port " + port + ": .*in use");
    }
  }

  /** Runs it until it ends, as it must. */
  private static String errorsOfRunnableJar(Object... options) throws IOException {
    Path directory = Directories.empty("port-in-use");
    List<String> command =
        new ArrayList<>(
            List.of(
                ChildProcess.java(),
                "-Xmx512m",
                "-Dsnapper.data.dir=" + directory.resolve("data"),
                "-Djava.io.tmpdir=" + directory,
                "-jar",
                Directories.built("snapper.jar").toString()));
    Arrays.stream(options).map(Object::toString).forEach(command::add);
    try (ChildProcess jar = ChildProcess.start(directory, directory, command)) {
      assertThat(jar.awaitEnd(LIMIT)).isNotZero();
      return jar.errors();
    } finally {
      Directories.delete(directory);
    }
  }

  @Test
  void shouldNotBeReadyWithoutTheProducersPortAndTakeItOnceItIsFree() throws IOException {
    int port = FreePorts.next();
    ServerSocket other = listen(port);
    try (TestRedis redis = TestRedis.start();
        RunningServer server =
            ServerKind.WILDFLY.launch(
                Map.of(
                    "snapper.redis.address", redis.address(),
                    "snapper.producer.port", Integer.toString(port)))) {
      awaitNotReadyForThePort(server);
      other.close();
      server.awaitReady();
      awaitServing(server);

      String token = new HttpTokens(server.dataDirectory()).withRole("admin");
      tell(server, "drain", token);
      Awaitility.await().atMost(LIMIT).until(() -> !SimpleClient.isListening(port));
      other = listen(port);
      tell(server, "resume", token);

      awaitNotReadyForThePort(server);
      other.close();
      awaitServing(server);
    } finally {
      other.close();
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"));
  }

  private static void tell(RunningServer server, String order, String token) {
    URI address = server.http().resolve("api/v1/node/" + order);
    HttpResponse<String> answer = SimpleClient.call("POST", address, "", token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void awaitNotReadyForThePort(RunningServer server) {
    SimpleClient.awaitNotReady(
        server.http(), "can't await producers on 0.0.0.0:" + server.producerPort());
  }

  private static void awaitServing(RunningServer server) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(SimpleClient.readiness(server.http())).isEqualTo(200);
              assertThat(SimpleClient.isListening(server.producerPort())).isTrue();
            });
  }
}
