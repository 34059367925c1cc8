package io.snapper.auth.jwt;

import io.snapper.config.ConfigurationException;
import io.snapper.config.SettingsSource;
import io.snapper.config.SnapperSettings;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells the server's MicroProfile JWT which key and issuer the HTTP API's tokens have. Any other
 * source overrides it: its ordinal is below that of {@code microprofile-config.properties}.
 *
 * <p>The server makes this object with its configuration, long before the broker starts, and may
 * ask at any time; so nothing is read before the first question, and the keys are made then if need
 * be, by the same code as at the start. No lock is held meanwhile: two threads at once do the work
 * twice and find the same keys.
 */
public final class HttpKeysConfigSource implements ConfigSource {
  static final String PUBLIC_KEY = "mp.jwt.verify.publickey";
  static final String LOCATION = "mp.jwt.verify.publickey.location";
  static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
  static final String ISSUER = "mp.jwt.verify.issuer";
  static final String CLOCK_SKEW = "mp.jwt.verify.clock.skew";

  private static final Logger LOGGER = System.getLogger(HttpKeysConfigSource.class.getName());
  private static final int ORDINAL = 50;
  private static final Set<String> NAMES = Set.of(PUBLIC_KEY, ALGORITHM, ISSUER, CLOCK_SKEW);

  /** Whether this thread is inside {@link #load}, which reads the configuration we are part of. */
  private static final ThreadLocal<Boolean> LOADING = new ThreadLocal<>();

  private volatile Map<String, String> values;

  /** For the ServiceLoader. */
  public HttpKeysConfigSource() {}

  @Override
  public String getName() {
    return "snapper-http-keys";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public Set<String> getPropertyNames() {
    return NAMES;
  }

  @Override
  public Map<String, String> getProperties() {
    return values();
  }

  @Override
  public String getValue(String name) {
    return NAMES.contains(name) ? values().get(name) : null;
  }

  private Map<String, String> values() {
    Map<String, String> known = values;
    if (known == null) {
      if (LOADING.get() != null) {
        return Map.of();
      }
      LOADING.set(true);
      try {
        known = load();
        values = known;
      } finally {
        LOADING.remove();
      }
    }
    return known;
  }

  private static Map<String, String> load() {
    try {
      Optional<Config> config = serverConfig();
      if (config.flatMap(found -> found.getOptionalValue(LOCATION, String.class)).isPresent()) {
        // The operator has keys elsewhere; a second answer would contradict the first.
        return Map.of();
      }
      return of(
          SnapperSettings.load(
              config.map(SettingsSource::of).orElseGet(SettingsSource::ofProcess)));
    } catch (ConfigurationException | UncheckedIOException unusable) {
      LOGGER.log(Level.ERROR, "No token of the HTTP API can be verified", unusable);
      return Map.of();
    }
  }

  static Map<String, String> of(SnapperSettings settings) {
    HttpKeys keys = HttpKeys.load(settings);
    Map<String, String> values = new LinkedHashMap<>();
    values.put(PUBLIC_KEY, keys.publicKeyPem());
    values.put(ALGORITHM, keys.algorithm());
    values.put(ISSUER, settings.http().issuer());
    // Never 0: WildFly's MicroProfile JWT takes 0 as not set, and an expired token for a minute.
    long skewSeconds = Math.max(1, settings.token().clockSkew().toSeconds());
    values.put(CLOCK_SKEW, Long.toString(skewSeconds));
    return Map.copyOf(values);
  }

  /** Returns the configuration that the broker itself will read, if the server has it by now. */
  private static Optional<Config> serverConfig() {
    try {
      return Optional.of(ConfigProvider.getConfig());
    } catch (RuntimeException notYet) {
      // Servers differ in what they throw this early; the process's own settings are the fallback.
      return Optional.empty();
    }
  }
}
