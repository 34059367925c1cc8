package io.snapper.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Where settings come from. Two kinds: MicroProfile Config, and the process without a server. */
public interface SettingsSource {
  /**
   * Returns the text that is set for a key, in whichever spelling the source knows.
   *
   * @throws RuntimeException if the source can't read it
   */
  Optional<String> value(String key);

  /** Returns every name that is set, as it is spelled there, also those that aren't Snapper's. */
  Set<String> names();

  /** Returns what MicroProfile Config holds. */
  static SettingsSource of(Config config) {
    return new MicroProfileSource(config);
  }

  /** Returns a source of exactly these keys. */
  static SettingsSource of(Map<String, String> values) {
    return new ProcessSource(Map.copyOf(values), Map.of(), Map.of());
  }

  /**
   * Returns what a process has without MicroProfile Config, in its order: system properties,
   * environment, {@code META-INF/microprofile-config.properties}.
   */
  static SettingsSource ofProcess() {
    return ProcessSource.ofThisProcess();
  }
}
