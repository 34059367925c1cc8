package io.snapper.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.config.ConfigurationException;
import io.snapper.config.SnapperSettings;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpKeysTest {
  private static final long NOW = 1_790_000_000L;

  @TempDir Path temporary;

  @Test
  void shouldMakeAPairOnceReadableByTheOwnerAlone() throws IOException {
    HttpKeys made = HttpKeys.load(settings(Map.of()));
    HttpKeys again = HttpKeys.load(settings(Map.of()));

    assertThat(made.algorithm()).isEqualTo("RS256");
    assertThat(again.publicKey()).isEqualTo(made.publicKey());
    assertThat(again.privateKey()).isEqualTo(made.privateKey());
    assertThat(Files.getPosixFilePermissions(temporary.resolve(HttpKeys.FILE)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(made.toString()).isEqualTo("HttpKeys[RS256, can sign]");
  }

  @Test
  void shouldIssueTokensAsMicroProfileDefinesThem() throws Exception {
    HttpKeys keys = HttpKeys.load(settings(Map.of()));

    String token =
        new HttpTokenIssuer(keys, "snapper", TestTokens.clockAt(NOW))
            .issue("ops", Set.of("producer", "admin"), NOW + 60);

    JwtClaims claims = verified(keys, token);
    assertThat(claims.getSubject()).isEqualTo("ops");
    assertThat(claims.getStringClaimValue("upn")).isEqualTo("ops");
    assertThat(claims.getStringListClaimValue("groups")).containsExactly("admin", "producer");
    assertThat(claims.getJwtId()).isNotBlank();
    assertThat(claims.getExpirationTime()).isEqualTo(NumericDate.fromSeconds(NOW + 60));
  }

  @Test
  void shouldTakeGivenKeysOfBothKindsAsTextOrFile() throws Exception {
    for (KeyPair pair : List.of(rsa(2048), curve("secp256r1"))) {
      Path privateFile =
          Files.writeString(temporary.resolve("private.pem"), Pem.text(pair.getPrivate()));
      HttpKeys keys =
          HttpKeys.load(
              settings(
                  Map.of(
                      "snapper.http.public-key",
                      Pem.text(pair.getPublic()).replace("\n", "\\n"),
                      "snapper.http.private-key",
                      "file:" + privateFile)));

      String token =
          new HttpTokenIssuer(keys, "snapper", TestTokens.clockAt(NOW))
              .issue("ops", Set.of("admin"), NOW + 60);

      assertThat(verified(keys, token).getSubject()).isEqualTo("ops");
    }
    assertThat(temporary.resolve(HttpKeys.FILE)).doesNotExist();
  }

  @Test
  void shouldFindThePublicKeyInsideAnRsaPrivateKey() throws Exception {
    KeyPair pair = rsa(2048);

    HttpKeys keys =
        HttpKeys.load(settings(Map.of("snapper.http.private-key", Pem.text(pair.getPrivate()))));

    assertThat(keys.publicKey()).isEqualTo(pair.getPublic());
  }

  @Test
  void shouldVerifyButNotIssueWithAPublicKeyAlone() throws Exception {
    HttpKeys keys =
        HttpKeys.load(settings(Map.of("snapper.http.public-key", Pem.text(rsa(2048).getPublic()))));
    HttpTokenIssuer issuer = new HttpTokenIssuer(keys, "snapper", TestTokens.clockAt(NOW));

    assertThat(keys.privateKey()).isEmpty();
    assertThatThrownBy(() -> issuer.issue("ops", Set.of("admin"), NOW + 60))
        .isInstanceOfSatisfying(
            SnapperException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void shouldRefuseKeysThatCannotServe() throws Exception {
    KeyPair good = rsa(2048);
    KeyPair other = rsa(2048);
    assertFault(good, other, "don't belong together");
    assertFault(curve("secp256r1"), curve("secp256r1"), "don't belong together");
    assertFault(good, curve("secp256r1"), "don't belong together");
    assertFault(rsa(1024), rsa(1024), "RSA of 2048 bits");
    KeyPair wrongCurve = curve("secp384r1");
    assertFault(wrongCurve, wrongCurve, "P-256");
    assertFault(Map.of("snapper.http.public-key", "abc"), "no PEM block 'PUBLIC KEY'");
    assertFault(
        Map.of(
            "snapper.http.private-key",
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"),
        "openssl pkcs8");
    assertFault(
        Map.of("snapper.http.private-key", Pem.text(curve("secp256r1").getPrivate())),
        "needs its public key");
    Files.writeString(temporary.resolve(HttpKeys.FILE), "broken");
    assertFault(Map.of(), HttpKeys.FILE + " can't be used");
  }

  @Test
  void shouldRefuseUnknownRolesAndNamelessTokens() {
    HttpTokenIssuer issuer =
        new HttpTokenIssuer(HttpKeys.load(settings(Map.of())), "snapper", TestTokens.clockAt(NOW));

    assertThatThrownBy(() -> issuer.issue("ops", Set.of("root"), NOW))
        .isInstanceOf(SnapperException.class)
        .hasMessageContaining("[root]");
    assertThatThrownBy(() -> issuer.issue("ops", Set.of(), NOW))
        .isInstanceOf(SnapperException.class);
    assertThatThrownBy(() -> issuer.issue(" ", Set.of("admin"), NOW))
        .isInstanceOf(SnapperException.class);
  }

  @Test
  void shouldTellTheServerItsKeyAndIssuer() {
    Map<String, String> values =
        HttpKeysConfigSource.of(settings(Map.of("snapper.http.issuer", "me")));

    assertThat(values)
        .containsEntry("mp.jwt.verify.issuer", "me")
        .containsEntry("mp.jwt.verify.publickey.algorithm", "RS256")
        .containsEntry("mp.jwt.verify.clock.skew", "1")
        .containsEntry("mp.jwt.verify.publickey", HttpKeys.load(settings(Map.of())).publicKeyPem());
  }

  @Test
  void shouldNeverTellTheServerASkewOfZero() {
    assertThat(HttpKeysConfigSource.of(settings(Map.of("snapper.token.clock-skew", "5s"))))
        .containsEntry("mp.jwt.verify.clock.skew", "5");
    assertThat(HttpKeysConfigSource.of(settings(Map.of("snapper.token.clock-skew", "500ms"))))
        .containsEntry("mp.jwt.verify.clock.skew", "1");
  }

  @Test
  void shouldBeFoundByTheServerBelowEveryOtherSource() {
    ConfigSource found =
        ServiceLoader.load(ConfigSource.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(HttpKeysConfigSource.class::isInstance)
            .findFirst()
            .orElseThrow();

    assertThat(found.getOrdinal()).isLessThan(ConfigSource.DEFAULT_ORDINAL);
    assertThat(found.getPropertyNames()).contains("mp.jwt.verify.publickey");
    assertThat(found.getValue("snapper.data.dir")).isNull();
  }

  private void assertFault(KeyPair publicOf, KeyPair privateOf, String fault) {
    assertFault(
        Map.of(
            "snapper.http.public-key", Pem.text(publicOf.getPublic()),
            "snapper.http.private-key", Pem.text(privateOf.getPrivate())),
        fault);
  }

  private void assertFault(Map<String, String> given, String fault) {
    assertThatThrownBy(() -> HttpKeys.load(settings(given)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(fault);
  }

  private SnapperSettings settings(Map<String, String> given) {
    Map<String, String> values = new HashMap<>(given);
    values.put("snapper.data.dir", temporary.toString());
    return SnapperSettings.of(values);
  }

  private static JwtClaims verified(HttpKeys keys, String token) throws InvalidJwtException {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(keys.publicKey())
            .setExpectedIssuer("snapper")
            .setRequireExpirationTime()
            .setEvaluationTime(NumericDate.fromSeconds(NOW))
            .build();
    return consumer.processToClaims(token);
  }

  private static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair curve(String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(name));
    return generator.generateKeyPair();
  }
}
