package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.UserId;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A secret is what the operator wrote, also where a server has a meaning for a part of it. */
class SecretSettingsIT {
  private static final String SECRET = "a$$b${nowhere}c${java.version}d\\$e-0123456789-0123456789";
  private static final Map<String, String> SECRETS = Map.of("snapper.token.secrets", SECRET);

  @ParameterizedTest
  @EnumSource
  void shouldTakeASystemPropertyLiterally(ServerKind kind) {
    try (RunningServer server =
        kind.start(
            Map.of(
                "snapper.redis.address",
                SharedServers.redis().address(),
                "snapper.token.secrets",
                SECRET))) {
      checkToken(server);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeAVariableLiterally(ServerKind kind) {
    try (RunningServer server =
        kind.launch(
            Map.of("snapper.redis.address", SharedServers.redis().address()),
            Map.of("SNAPPER_TOKEN_SECRETS", SECRET))) {
      server.awaitReady();
      checkToken(server);
    }
  }

  private static void checkToken(RunningServer server) {
    String token =
        Hs256Tokens.load(SnapperSettings.of(SECRETS), InstantSource.system())
            .issueConsumer(
                new UserId("literal"), DeviceKind.WEB, Instant.now().getEpochSecond() + 600);
    URI handshake = server.http().resolve("websocket/?EIO=4&transport=polling&token=" + token);

    assertThat(SimpleClient.get(handshake).statusCode()).isEqualTo(200);
    assertThat(server.log()).doesNotContain("0123456789");
  }
}
