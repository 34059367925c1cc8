package io.snapper.core.auth;

import java.util.Objects;

/**
 * What a producer's token proves.
 *
 * @param name the producer's own name, 1 to 256 characters without control characters
 * @param expiresAtEpochSecond the token's end of life: from this second on it proves nothing
 */
public record ProducerIdentity(String name, long expiresAtEpochSecond) {
  public ProducerIdentity {
    Objects.requireNonNull(name, "name");
  }
}
