package io.snapper.config;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A password, signing secret or private key. It shows itself nowhere: {@code toString} hides it.
 */
public record Secret(String value) {
  /** What stands in the place of a secret in logs and error texts. */
  static final String HIDDEN = "(hidden)";

  public Secret {
    Objects.requireNonNull(value, "value");
  }

  /** Returns the secret's bytes in UTF-8. */
  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
