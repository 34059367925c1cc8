package io.snapper.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.config.Secret;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.UserId;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hs256TokensTest {
  private static final String SECRET = "a secret of more than thirty-two bytes";
  private static final String SHORT_SECRET = "old-secret-14b";
  private static final long NOW = 1_790_000_000L;
  private static final long LATER = NOW + 3600;

  /**
   * Made by npm's jws 3.2.3, which toa-net uses, with the short secret; it ends in the year 2100.
   */
  private static final String CONSUMER_OF_JWS =
      "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDAsInVzZXJJZCI6IjU1YTA3ZjJkZWUwNmM3OGUxMzU3YjBhZCIs"
          + "InNvdXJjZSI6InRlYW1iaXRpb24ifQ.oD86Smg4k4wIWYx-jpA5CKvQzKdbpq1ecEFLDnewwkg";

  private static final String PRODUCER_OF_JWS =
      "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDAsImlkIjoiYmFjayBlbmQgw6nwn5iAIn0"
          + ".8HNUIJUuhNeS_BGvq_Hoj7EPyKWWuDPs5MaNvNbC-H4";

  private final Hs256Tokens tokens = tokens(SECRET, SHORT_SECRET);

  @Test
  void shouldVerifyTheTokensItIssues() {
    String consumer = tokens.issueConsumer(new UserId("é😀"), DeviceKind.ANDROID, LATER);

    assertThat(tokens.verifyConsumer(consumer))
        .isEqualTo(ConsumerIdentity.of(new UserId("é😀"), DeviceKind.ANDROID, LATER));
    assertThat(tokens.verifyProducer(tokens.issueProducer("billing", LATER)))
        .isEqualTo(new ProducerIdentity("billing", LATER));
    assertThat(tokens.verifyStatistics(tokens.issueStatistics(LATER))).isEqualTo("snapper");
  }

  @Test
  void shouldVerifyTokensOfTheOldClientsWithAShortSecret() {
    ConsumerIdentity consumer = tokens.verifyConsumer(CONSUMER_OF_JWS);

    assertThat(consumer.user().value()).isEqualTo("55a07f2dee06c78e1357b0ad");
    assertThat(consumer.device()).isEqualTo(DeviceKind.WEB);
    assertThat(consumer.expiresAtEpochSecond()).isEqualTo(4_102_444_800L);
    assertThat(tokens.verifyProducer(PRODUCER_OF_JWS).name()).isEqualTo("back end é😀");
  }

  @Test
  void shouldSignWithTheFirstSecretAndVerifyWithEach() {
    Hs256Tokens before = tokens(SHORT_SECRET);
    Hs256Tokens during = tokens(SECRET, SHORT_SECRET);
    Hs256Tokens after = tokens(SECRET);

    String old = before.issueProducer("billing", LATER);
    String fresh = during.issueProducer("billing", LATER);

    assertThat(during.verifyProducer(old).name()).isEqualTo("billing");
    assertThat(after.verifyProducer(fresh).name()).isEqualTo("billing");
    assertRefused(() -> after.verifyProducer(old), "fits none of the secrets");
    assertRefused(() -> before.verifyProducer(fresh), "fits none of the secrets");
  }

  @Test
  void shouldRefuseATokenFromItsEndOn() {
    String last = tokens.issueProducer("billing", NOW + 1);
    String expired = tokens.issueProducer("billing", NOW);

    assertThat(tokens.verifyProducer(last).expiresAtEpochSecond()).isEqualTo(NOW + 1);
    assertRefused(() -> tokens.verifyProducer(expired), "has expired");
  }

  @Test
  void shouldTakeATokenALittleLongerIfClocksMayDiffer() {
    Hs256Tokens lenient =
        new Hs256Tokens(
            List.of(new Secret(SECRET)), Duration.ofSeconds(5), TestTokens.clockAt(NOW));

    ConsumerIdentity identity =
        lenient.verifyConsumer(tokens.issueConsumer(new UserId("joe"), DeviceKind.WEB, NOW - 4));

    assertThat(identity.expiresAtEpochSecond()).isEqualTo(NOW + 1);
    assertThat(identity.consumer())
        .isEqualTo(ConsumerIdentity.of(new UserId("joe"), DeviceKind.WEB, NOW - 4).consumer());
    assertRefused(
        () -> lenient.verifyProducer(tokens.issueProducer("billing", NOW - 5)), "has expired");
  }

  @Test
  void shouldRefuseATokenBeforeItsBegin() {
    assertRefused(
        () -> tokens.verifyProducer(signed("{'id':'x','exp':" + LATER + ",'nbf':" + LATER + "}")),
        "not valid yet");
    assertThat(
            tokens
                .verifyProducer(signed("{'id':'x','exp':" + LATER + ",'nbf':" + NOW + "}"))
                .name())
        .isEqualTo("x");
  }

  @Test
  void shouldRefuseEveryOtherAlgorithm() {
    String payload = "{'userId':'joe','exp':" + LATER + "}";

    for (String algorithm : List.of("HS384", "HS512")) {
      assertRefused(
          () -> tokens.verifyConsumer(TestTokens.hmac(algorithm, payload, SECRET)),
          "no JWT signed");
    }
    assertRefused(() -> tokens.verifyConsumer(TestTokens.unsigned(payload)), "no JWT signed");
    // The signature fits, but the header says something else.
    for (String header :
        List.of("{'alg':'none'}", "{'alg':'HS512'}", "{'alg':'RS256'}", "{'alg':'hs256'}", "{}")) {
      assertRefused(
          () -> tokens.verifyConsumer(TestTokens.hs256(header, payload, SECRET)), "no JWT signed");
    }
  }

  @Test
  void shouldRefuseATokenWithAnyCharacterChanged() {
    String token = tokens.issueConsumer(new UserId("joe"), DeviceKind.WEB, LATER);

    for (int index = 0; index < token.length(); index++) {
      char other = token.charAt(index) == 'B' ? 'C' : 'B';
      String tampered = token.substring(0, index) + other + token.substring(index + 1);
      assertRefused(() -> tokens.verifyConsumer(tampered), "");
    }
  }

  @Test
  void shouldRefuseTheOtherSpellingsOfASignature() {
    String token = tokens.issueConsumer(new UserId("joe"), DeviceKind.WEB, LATER);
    char last = token.charAt(token.length() - 1);
    String head = token.substring(0, token.length() - 1);

    assertRefused(() -> tokens.verifyConsumer(head + (char) (last + 1)), "");
    assertRefused(() -> tokens.verifyConsumer(token + "="), "");
    assertRefused(() -> tokens.verifyConsumer(token + "A"), "");
    assertRefused(() -> tokens.verifyConsumer(" " + token), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'exp':1790003600}",
        "{'userId':'','exp':1790003600}",
        "{'userId':null,'exp':1790003600}",
        "{'userId':['joe'],'exp':1790003600}",
        "{'userId':true,'exp':1790003600}",
        "{'userId':1.5,'exp':1790003600}",
        "{'userId':-1,'exp':1790003600}",
        "{'userId':9007199254740993,'exp':1790003600}",
        "{'userId':99999999999999999999999999,'exp':1790003600}",
        "{'userId':'a\\nb','exp':1790003600}",
        "{'userId':'joe'}",
        "{'userId':'joe','exp':'1790003600'}",
        "{'userId':'joe','exp':null}",
        "{'userId':'joe','exp':0}",
        "{'userId':'joe','exp':-1}",
        "{'userId':'joe','exp':1e400}",
        "{'userId':'joe','exp':99999999999999999999999999}",
        "{'userId':'joe','exp':18446744075499552000}",
        "{'userId':'joe','exp':1790003600,'exp':1790003601}",
        "{'userId':'joe','exp':1790003600",
        "['joe']",
        "null",
        "",
      })
  void shouldRefuseClaimsThatProveNothing(String payload) {
    assertRefused(() -> tokens.verifyConsumer(signed(payload)), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'userId':42,'exp':1790003600} | 42",
        "{'userId':'42','exp':1790003600} | 42",
        "{'userId':0,'exp':1790003600.9} | 0",
        "{'userId':'joe','exp':1.7900036e9,'source':7} | joe",
      })
  void shouldTakeWhatBackEndsReallyWrite(String payload, String user) {
    ConsumerIdentity identity = tokens.verifyConsumer(signed(payload));

    assertThat(identity)
        .isEqualTo(ConsumerIdentity.of(new UserId(user), DeviceKind.WEB, 1_790_003_600L));
  }

  @Test
  void shouldNotMistakeOnePurposeForAnother() {
    String consumer = signed("{'userId':'joe','id':'joe','name':'snapper','exp':" + LATER + "}");
    String producer = tokens.issueProducer("billing", LATER);

    assertRefused(() -> tokens.verifyProducer(consumer), "no producer's token");
    assertThat(tokens.verifyStatistics(consumer)).isEmpty();
    assertRefused(() -> tokens.verifyConsumer(producer), "no claim userId");
    assertThat(tokens.verifyStatistics(producer)).isEmpty();
    assertThat(tokens.verifyStatistics(signed("{'name':'other','exp':" + LATER + "}")))
        .isEqualTo("other");
    assertRefused(() -> tokens.verifyProducer(tokens.issueStatistics(LATER)), "no claim id");
  }

  @Test
  void shouldRefuseMissingAndOversizedTokens() {
    assertRefused(() -> tokens.verifyConsumer(null), "no token");
    assertRefused(() -> tokens.verifyConsumer(""), "no token");
    String padding = "x".repeat(8000);
    assertRefused(
        () ->
            tokens.verifyProducer(signed("{'id':'x','pad':'" + padding + "','exp':" + LATER + "}")),
        "longer than 8192");
    assertThat(
            tokens
                .verifyProducer(
                    signed("{'id':'x','pad':'" + "x".repeat(5900) + "','exp':" + LATER + "}"))
                .name())
        .isEqualTo("x");
  }

  @Test
  void shouldRefuseToIssueToANamelessProducer() {
    for (String name : new String[] {null, "", "a\nb", "x".repeat(257)}) {
      assertThatThrownBy(() -> tokens.issueProducer(name, LATER))
          .isInstanceOfSatisfying(
              SnapperException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void shouldNotExistWithoutASecret() {
    assertThatThrownBy(() -> tokens(new String[0])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tokens(SECRET, "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 500)
  void shouldAnswerAnyTextWithARefusal(@ForAll @StringLength(max = 300) String text) {
    assertRefused(() -> tokens.verifyConsumer(text), "");
  }

  @Property(tries = 500)
  void shouldAnswerAnyHeaderAndPayloadWithARefusal(
      @ForAll @StringLength(max = 60) String header,
      @ForAll @StringLength(max = 60) String payload) {
    assertRefused(() -> tokens.verifyConsumer(TestTokens.hs256(header, payload, SECRET)), "");
    assertRefused(() -> tokens.verifyConsumer(signed(payload)), "");
  }

  private static Hs256Tokens tokens(String... secrets) {
    return new Hs256Tokens(
        List.of(secrets).stream().map(Secret::new).toList(),
        Duration.ZERO,
        TestTokens.clockAt(NOW));
  }

  private static String signed(String payload) {
    return TestTokens.hs256("{'alg':'HS256'}", payload, SECRET);
  }

  private static void assertRefused(Runnable verification, String why) {
    assertThatThrownBy(verification::run)
        .isInstanceOfSatisfying(
            SnapperException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
              assertThat(refusal).hasMessageContaining(why).hasNoCause();
              assertThat(refusal.getMessage()).doesNotContain(SECRET, SHORT_SECRET, "eyJ");
            });
  }
}
