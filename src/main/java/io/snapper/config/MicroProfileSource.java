package io.snapper.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Settings from MicroProfile Config. Secrets are read as they are written: an implementation takes
 * {@code ${…}} for the name of another value, and may change {@code $$}, too.
 */
final class MicroProfileSource implements SettingsSource {
  private static final Set<String> SECRETS =
      Settings.all().stream()
          .filter(Setting::isSecret)
          .map(Setting::key)
          .collect(Collectors.toUnmodifiableSet());

  private final Config config;

  MicroProfileSource(Config config) {
    this.config = config;
  }

  @Override
  public Optional<String> value(String key) {
    return SECRETS.contains(key) ? writtenValue(key) : config.getOptionalValue(key, String.class);
  }

  /** Returns what the source with the highest ordinal has; nothing if that is empty, as usual. */
  private Optional<String> writtenValue(String key) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .sorted(Comparator.comparingInt(ConfigSource::getOrdinal).reversed())
        .map(source -> source.getValue(key))
        .filter(Objects::nonNull)
        .findFirst()
        .filter(text -> !text.isEmpty());
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
