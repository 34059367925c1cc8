package io.snapper.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Settings from system properties, the environment and a file on the class path, the first one that
 * has a key wins: MicroProfile Config's own order, for where there is no implementation of it.
 */
final class ProcessSource implements SettingsSource {
  private static final String FILE = "META-INF/microprofile-config.properties";

  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final Map<String, String> file;

  ProcessSource(
      Map<String, String> properties, Map<String, String> environment, Map<String, String> file) {
    this.properties = properties;
    this.environment = environment;
    this.file = file;
  }

  static ProcessSource ofThisProcess() {
    return new ProcessSource(textsOf(System.getProperties()), System.getenv(), readFile());
  }

  @Override
  public Optional<String> value(String key) {
    String underscored = key.replaceAll("[^A-Za-z0-9]", "_");
    for (String found :
        new String[] {
          properties.get(key),
          environment.get(key),
          environment.get(underscored),
          environment.get(Setting.environmentName(key)),
          file.get(key)
        }) {
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    List.of(properties, environment, file).forEach(source -> names.addAll(source.keySet()));
    return names;
  }

  private static Map<String, String> readFile() {
    Properties read = new Properties();
    try (InputStream stream = ProcessSource.class.getClassLoader().getResourceAsStream(FILE)) {
      if (stream != null) {
        read.load(stream);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("can't read " + FILE, unreadable);
    }
    return textsOf(read);
  }

  private static Map<String, String> textsOf(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return texts;
  }
}
