package io.snapper.config;

import java.time.Duration;
import java.util.List;

/**
 * The tokens of consumers, TCP producers and statistics.
 *
 * @param secrets as given: each a secret or {@code file:PATH}; the first one signs; empty: those of
 *     the data directory
 * @param clockSkew how long after its end, or before its begin, a token is still taken
 */
public record TokenSettings(List<Secret> secrets, Duration clockSkew) {
  public TokenSettings {
    secrets = List.copyOf(secrets);
  }

  static TokenSettings read(SettingsReader reader) {
    return new TokenSettings(
        reader.read(Settings.TOKEN_SECRETS), reader.read(Settings.TOKEN_CLOCK_SKEW));
  }
}
