package io.snapper.core.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A digest of a publication's texts: tells whether an idempotency key came again with other
 * content.
 */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Returns 22 characters; the texts' lengths are part of it, so that ["ab"] and ["a","b"] differ.
   */
  static String of(List<String> payloads) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String payload : payloads) {
        digest.update((payload.length() + ":").getBytes(StandardCharsets.US_ASCII));
        // The characters as they are, because a lone surrogate has no form in any charset.
        ByteBuffer characters = ByteBuffer.allocate(2 * payload.length());
        characters.asCharBuffer().put(payload);
        digest.update(characters);
      }
      byte[] half = Arrays.copyOf(digest.digest(), 16);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
