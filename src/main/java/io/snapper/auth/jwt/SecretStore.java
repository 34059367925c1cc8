package io.snapper.auth.jwt;

import io.snapper.config.ConfigurationException;
import io.snapper.config.Secret;
import io.snapper.config.SnapperSettings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The secrets of tokens: those of the settings, or else those of the data directory, where one is
 * made at the first start.
 */
final class SecretStore {
  /** The file in the data directory: one secret per line, the first one signs. */
  static final String FILE = "token-secrets";

  private static final String KEY = "snapper.token.secrets";
  private static final int GENERATED_BYTES = 32;

  private SecretStore() {}

  /**
   * Returns the secrets, at least one; the first one signs.
   *
   * @throws ConfigurationException if a file that was given holds none or can't be read
   * @throws java.io.UncheckedIOException if the data directory can't be used
   */
  static List<Secret> secrets(SnapperSettings settings) {
    if (settings.token().secrets().isEmpty()) {
      OwnerOnlyFiles files = new OwnerOnlyFiles(settings.dataDirectory());
      return lines(files.pathOf(FILE).toString(), files.readOrCreate(FILE, SecretStore::generate));
    }
    List<Secret> secrets = new ArrayList<>();
    for (Secret given : settings.token().secrets()) {
      if (GivenText.isFile(given.value())) {
        secrets.addAll(lines(KEY, GivenText.of(KEY, given.value())));
      } else {
        secrets.add(given);
      }
    }
    return List.copyOf(secrets);
  }

  private static List<Secret> lines(String origin, String content) {
    List<Secret> secrets =
        content
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(Secret::new)
            .toList();
    if (secrets.isEmpty()) {
      throw new ConfigurationException(
          List.of(origin + ": the file must hold at least one secret, one per line"));
    }
    return secrets;
  }

  private static String generate() {
    byte[] random = new byte[GENERATED_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
  }
}
