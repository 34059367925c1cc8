package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.auth.jwt.HttpKeys;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java -jar snapper.jar token …} as a process: what it prints, and how it ends. */
class TokenCommandIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static Path directory;

  /** How a command ended. */
  private record Ended(int code, String output, String errors) {
    /** Returns the token, if there is nothing else in the output. */
    String token() {
      assertThat(code).isZero();
      assertThat(output).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
      return output.strip();
    }
  }

  @BeforeAll
  static void makeDirectory() {
    directory = Directories.empty("token-command");
  }

  @AfterAll
  static void removeDirectory() throws IOException {
    Directories.delete(directory);
  }

  @Test
  void shouldMakeTokensForConsumersThatTheServerTakes() {
    ConsumerIdentity consumer =
        tokens().verifyConsumer(run("consumer", "--user", "ann", "--source", "ios").token());

    assertThat(consumer.user().value()).isEqualTo("ann");
    assertThat(consumer.device()).isEqualTo(DeviceKind.IOS);
  }

  @Test
  void shouldMakeTokensForProducersThatTheServerTakes() {
    String token = run("producer", "--name", "back-end", "--expires", "1h").token();

    assertThat(tokens().verifyProducer(token).name()).isEqualTo("back-end");
    assertThat(tokens().verifyProducer(token).expiresAtEpochSecond())
        .isBetween(Instant.now().getEpochSecond(), Instant.now().getEpochSecond() + 3600);
  }

  @Test
  void shouldMakeTokensForTheStatistics() {
    assertThat(tokens().verifyStatistics(run("statistics").token()))
        .isEqualTo(TokenIssuer.STATISTICS_NAME);
  }

  @Test
  void shouldMakeTokensForTheHttpApi() throws InvalidJwtException {
    String token = run("http", "--roles", "producer,admin").token();

    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKey(HttpKeys.load(settings()).publicKey())
            .setExpectedIssuer("snapper")
            .setRequireExpirationTime()
            .build()
            .processToClaims(token);
    assertThat(claims.getClaimValue("groups")).isEqualTo(List.of("admin", "producer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "coffee", "consumer", "http --roles king"})
  void shouldSayOnTheErrorOutputHowItIsUsed(String arguments) {
    Ended ended = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.errors()).contains("usage: token consumer");
  }

  private static Ended run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ChildProcess.java());
    command.add("-Dsnapper.data.dir=" + directory.resolve("data"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-jar", Directories.built("snapper.jar").toString(), "token"));
    command.addAll(List.of(arguments));
    try (ChildProcess process = ChildProcess.start(directory, directory, command)) {
      return new Ended(process.awaitEnd(LIMIT), process.output(), process.errors());
    }
  }

  private static TokenVerifier tokens() {
    return Hs256Tokens.load(settings(), InstantSource.system());
  }

  private static SnapperSettings settings() {
    return SnapperSettings.of(Map.of("snapper.data.dir", directory.resolve("data").toString()));
  }
}
