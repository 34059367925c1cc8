package io.snapper.auth.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens by hand, also wrong ones. JSON may be written with single quotes. */
final class TestTokens {
  private TestTokens() {}

  static InstantSource clockAt(long epochSecond) {
    return InstantSource.fixed(Instant.ofEpochSecond(epochSecond));
  }

  /** Returns a token whose signature is a good HS256, whatever its header claims. */
  static String hs256(String header, String payload, String secret) {
    return sign("HmacSHA256", base64(header) + "." + base64(payload), secret);
  }

  /** Returns a token that is right for another algorithm of the family: HS384, HS512. */
  static String hmac(String algorithm, String payload, String secret) {
    return sign(
        "HmacSHA" + algorithm.substring(2),
        base64("{'alg':'" + algorithm + "'}") + "." + base64(payload),
        secret);
  }

  static String unsigned(String payload) {
    return base64("{'alg':'none'}") + "." + base64(payload) + ".";
  }

  private static String sign(String name, String input, String secret) {
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
      byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
