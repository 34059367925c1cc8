package io.snapper.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.config.SettingsSource;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.message.UserId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private static final long NOW = 1_790_000_000L;

  @TempDir Path temporary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldPrintNothingButTheToken() {
    String token = tokenOf("token consumer --user 55a07f2dee06c78e1357b0ad --source ios");

    assertThat(tokens().verifyConsumer(token))
        .isEqualTo(
            ConsumerIdentity.of(
                new UserId("55a07f2dee06c78e1357b0ad"), DeviceKind.IOS, NOW + 24 * 3600));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void shouldMakeEachKindOfToken() throws Exception {
    assertThat(tokens().verifyProducer(tokenOf("producer --name=billing --expires=PT1H")))
        .isEqualTo(new ProducerIdentity("billing", NOW + 3600));
    assertThat(tokens().verifyStatistics(tokenOf("statistics"))).isEqualTo("snapper");
    String http = tokenOf("token http --roles producer,admin --name ops --expires 7d");
    assertThat(
            new JwtConsumerBuilder()
                .setVerificationKey(HttpKeys.load(settings()).publicKey())
                .setEvaluationTime(NumericDate.fromSeconds(NOW))
                .build()
                .processToClaims(http)
                .getStringListClaimValue("groups"))
        .containsExactly("admin", "producer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "token",
        "token everything",
        "token consumer",
        "token consumer --user",
        "token consumer --user joe --user jim",
        "token consumer --user joe --source mac",
        "token consumer --user joe --expires tomorrow",
        "token consumer --user joe --expires 0s",
        "token consumer --user joe --expires 999999999999d",
        "token consumer --name joe",
        "token producer",
        "token statistics extra",
        "token http",
        "token http --roles root",
        "token http --roles producer,",
      })
  void shouldAnswerBadUsageWithTheRightOne(String line) {
    int code = run(line, Map.of());

    assertThat(code).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(TokenCommand.USAGE);
  }

  @Test
  void shouldShowTheUsageWhenAsked() {
    assertThat(run("token consumer --help", Map.of())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(TokenCommand.USAGE);
  }

  @Test
  void shouldListTheFaultsOfTheSettings() {
    assertThat(run("statistics", Map.of("snapper.http.prot", "80"))).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("did you mean snapper.http.port?")
        .doesNotContain("usage");
  }

  private String tokenOf(String line) {
    out.reset();
    assertThat(run(line, Map.of())).isZero();
    return out.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private int run(String line, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("snapper.data.dir", temporary.toString());
    TokenCommand command = new TokenCommand(SettingsSource.of(all), TestTokens.clockAt(NOW));
    return command.run(
        line.isEmpty() ? List.of() : List.of(line.split(" ")),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private Hs256Tokens tokens() {
    return Hs256Tokens.load(settings(), TestTokens.clockAt(NOW));
  }

  private SnapperSettings settings() {
    return SnapperSettings.of(Map.of("snapper.data.dir", temporary.toString()));
  }
}
