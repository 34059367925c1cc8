package io.snapper.config;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Settings from MicroProfile Config. */
final class MicroProfileSource implements SettingsSource {
  private final Config config;

  MicroProfileSource(Config config) {
    this.config = config;
  }

  @Override
  public Optional<String> value(String key) {
    return config.getOptionalValue(key, String.class);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    config.getPropertyNames().forEach(names::add);
    // Not every implementation lists the environment; its misspelled keys are to be found, too.
    names.addAll(System.getenv().keySet());
    return names;
  }
}
