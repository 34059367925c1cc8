package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.message.UserId;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.TestRedis;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Undeploys the broker from a WildFly that goes on, with clients connected, and deploys it again.
 */
class WildFlyLifecycleIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void shouldLeaveNothingWhenUndeployedAndServeWhenDeployedAgain() throws IOException {
    try (TestRedis redis = TestRedis.start();
        RedisClients clients = new RedisClients(redis.port());
        RunningServer server =
            ServerKind.WILDFLY.start(Map.of("snapper.redis.address", redis.address()))) {
      TokenIssuer tokens = tokens(server);
      Awaitility.await().atMost(LIMIT).until(() -> SimpleClient.isListening(server.producerPort()));
      connectConsumer(server, tokens);
      try (Socket producer =
          SimpleClient.connectProducer(
              server.producerPort(), tokens.issueProducer("back-end", inTenMinutes()))) {
        assertThat(Leftovers.ofABroker(ServerThreads.of(server.pid()))).isNotEmpty();
        assertThat(clients.count()).isPositive();

        undeploy(server);

        assertThat(producer.getInputStream().read()).as("closed by the broker").isNegative();
      }
      assertThat(Leftovers.ofABroker(ServerThreads.of(server.pid()))).isEmpty();
      assertThat(SimpleClient.isListening(server.producerPort())).isFalse();
      assertThat(clients.count()).isZero();
      assertThat(clients.cli().call("ZCARD", "snp:{nodes}:leases")).as("the lease").isEqualTo(0L);

      deployAgain(server);

      assertThat(SimpleClient.readiness(server.http())).isEqualTo(200);
      Awaitility.await().atMost(LIMIT).until(() -> SimpleClient.isListening(server.producerPort()));
    }
  }

  private static TokenIssuer tokens(RunningServer server) {
    return Hs256Tokens.load(
        SnapperSettings.of(Map.of("snapper.data.dir", server.dataDirectory().toString())),
        InstantSource.system());
  }

  private static long inTenMinutes() {
    return Instant.now().getEpochSecond() + 600;
  }

  /** The broker closes the connection; the client's end is nobody's business here. */
  private static void connectConsumer(RunningServer server, TokenIssuer tokens) {
    String token = tokens.issueConsumer(new UserId("ann"), DeviceKind.WEB, inTenMinutes());
    URI address =
        URI.create(
            "ws://127.0.0.1:"
                + server.http().getPort()
                + "/websocket/?EIO=4&transport=websocket&token="
                + token);
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(address, new WebSocket.Listener() {})
        .join();
  }

  /** The deployment scanner takes the marker's end for the wish. */
  private static void undeploy(RunningServer server) throws IOException {
    Files.delete(marker(server, "deployed"));
    Awaitility.await().atMost(LIMIT).until(() -> Files.exists(marker(server, "undeployed")));
  }

  private static void deployAgain(RunningServer server) throws IOException {
    Files.createFile(marker(server, "dodeploy"));
    Awaitility.await().atMost(LIMIT).until(() -> SimpleClient.readiness(server.http()) == 200);
  }

  private static Path marker(RunningServer server, String state) {
    return server.dataDirectory().resolveSibling("server/deployments/snapper.war." + state);
  }
}
