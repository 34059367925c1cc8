package io.snapper.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens as the broker's operator would. Not thread safe. */
final class Tokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final Mac mac;
  private final long expiresAtEpochSecond;

  Tokens(String secret, long expiresAtEpochSecond) {
    this.expiresAtEpochSecond = expiresAtEpochSecond;
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("every Java platform has HmacSHA256", failure);
    }
  }

  /** Returns the token of a consumer of that user; the name is letters and digits. */
  String ofUser(String userId) {
    return signed("{\"userId\":\"" + userId + "\",\"exp\":" + expiresAtEpochSecond + "}");
  }

  /** Returns the token of a TCP producer; the name is letters and digits. */
  String ofProducer(String name) {
    return signed("{\"id\":\"" + name + "\",\"exp\":" + expiresAtEpochSecond + "}");
  }

  private String signed(String claims) {
    String text = HEADER + "." + encoded(claims);
    byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + BASE64.encodeToString(signature);
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
