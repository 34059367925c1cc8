package io.snapper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class SettingsSourceTest {
  @Test
  void shouldReadSystemPropertiesThenEnvironmentThenFile() {
    SettingsSource source =
        new ProcessSource(
            Map.of("snapper.http.port", "1"),
            Map.of("SNAPPER_HTTP_PORT", "2", "SNAPPER_PRODUCER_FRAME_LIMIT", "17MiB"),
            Map.of("snapper.http.port", "3", "snapper.http.issuer", "file"));

    SnapperSettings settings = SnapperSettings.load(source);

    assertThat(settings.http().port()).isEqualTo(1);
    assertThat(settings.producer().frameLimit()).isEqualTo(DataSize.parse("17MiB"));
    assertThat(settings.http().issuer()).isEqualTo("file");
  }

  @Test
  void shouldReadBothSpellingsOfTheEnvironment() {
    assertThat(environment(Map.of("snapper_redis_prefix", "low")).redis().prefix())
        .isEqualTo("low");
    assertThat(environment(Map.of("SNAPPER_REDIS_PREFIX", "up")).redis().prefix()).isEqualTo("up");
  }

  @Test
  void shouldHintAtTheNearestVariableOfTheEnvironment() {
    assertThat(environmentFaults(Map.of("SNAPPER_REDIS_ADRESS", "embedded")))
        .containsExactly("SNAPPER_REDIS_ADRESS is no setting; did you mean SNAPPER_REDIS_ADDRESS?");
    assertThat(environmentFaults(Map.of("SNAPPER_SOMETHING_QUITE_DIFFERENT", "1")))
        .containsExactly("SNAPPER_SOMETHING_QUITE_DIFFERENT is no setting");
  }

  @Test
  void shouldLeaveTheVariablesOfKubernetesServicesAlone() {
    Map<String, String> variables =
        Map.of(
            "SNAPPER_SERVICE_HOST", "10.0.0.1",
            "SNAPPER_SERVICE_PORT_HTTP", "8080",
            "SNAPPER_PORT", "tcp://10.0.0.1:8080",
            "SNAPPER_REDIS_PORT", "tcp://10.0.0.2:6379",
            "SNAPPER_REDIS_PORT_6379_TCP_ADDR", "10.0.0.2");

    assertThatCode(() -> environment(variables)).doesNotThrowAnyException();
    assertThat(environmentFaults(Map.of("SNAPPER_PRODUCER_PORT", "tcp://10.0.0.1:7700")))
        .singleElement()
        .asString()
        .contains("enableServiceLinks");
    assertThat(environmentFaults(Map.of("SNAPPER_PRODUCR_PORT", "7701")))
        .containsExactly("SNAPPER_PRODUCR_PORT is no setting; did you mean SNAPPER_PRODUCER_PORT?");
  }

  @Test
  void shouldReadMicroProfileConfigAndFindItsUnknownKeys() {
    SnapperSettings settings =
        SnapperSettings.load(new MapConfig(Map.of("snapper.http.port", "9090", "other.key", "1")));

    ConfigurationException refusal =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> SnapperSettings.load(new MapConfig(Map.of("snapper.http.prot", "9090"))));

    assertThat(settings.http().port()).isEqualTo(9090);
    assertThat(refusal.faults())
        .containsExactly("snapper.http.prot is no setting; did you mean snapper.http.port?");
  }

  @Test
  void shouldAcceptAVariableThatIsListedASecondTimeWithDots() {
    MapConfig config =
        new MapConfig(
            Map.of(
                "SNAPPER_PRODUCER_FRAME_LIMIT", "17MiB",
                "snapper.producer.frame.limit", "17MiB",
                "snapper.producer.frame-limit", "17MiB"));

    assertThat(SnapperSettings.load(config).producer().frameLimit())
        .isEqualTo(DataSize.parse("17MiB"));
    assertThat(
            catchThrowableOfType(
                    ConfigurationException.class,
                    () ->
                        SnapperSettings.load(
                            new MapConfig(Map.of("snapper.producer.frame.limit", "17MiB"))))
                .faults())
        .containsExactly(
            "snapper.producer.frame.limit is no setting; did you mean"
                + " snapper.producer.frame-limit?");
  }

  @Test
  void shouldReportAValueThatCannotBeRead() {
    Config broken =
        new MapConfig(Map.of()) {
          @Override
          public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            if (name.equals("snapper.http.port")) {
              throw new NoSuchElementException("no value for ${port}");
            }
            return super.getOptionalValue(name, type);
          }
        };

    assertThat(
            catchThrowableOfType(ConfigurationException.class, () -> SnapperSettings.load(broken))
                .faults())
        .containsExactly("snapper.http.port can't be read: no value for ${port}");
  }

  @Test
  void shouldTakeSecretsAsTheyAreWritten() {
    Config expanding =
        new MapConfig(Map.of()) {
          @Override
          public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return name.equals("snapper.token.secrets")
                ? Optional.of(type.cast("expanded"))
                : super.getOptionalValue(name, type);
          }

          @Override
          public Iterable<ConfigSource> getConfigSources() {
            return List.of(
                new MapConfigSource(100, Map.of("snapper.token.secrets", "of the file")),
                new MapConfigSource(300, Map.of("snapper.token.secrets", "a$$b${c}")),
                new MapConfigSource(400, Map.of("snapper.redis.password", "")),
                new MapConfigSource(300, Map.of("snapper.redis.password", "overridden")));
          }
        };

    SnapperSettings settings = SnapperSettings.load(expanding);

    assertThat(settings.token().secrets()).containsExactly(new Secret("a$$b${c}"));
    assertThat(settings.redis().password()).isEmpty();
  }

  private static SnapperSettings environment(Map<String, String> variables) {
    return SnapperSettings.load(new ProcessSource(Map.of(), variables, Map.of()));
  }

  private static List<String> environmentFaults(Map<String, String> variables) {
    return catchThrowableOfType(ConfigurationException.class, () -> environment(variables))
        .faults();
  }

  private record MapConfigSource(int ordinal, Map<String, String> values) implements ConfigSource {
    @Override
    public int getOrdinal() {
      return ordinal;
    }

    @Override
    public Set<String> getPropertyNames() {
      return values.keySet();
    }

    @Override
    public String getValue(String name) {
      return values.get(name);
    }

    @Override
    public String getName() {
      return "ordinal " + ordinal;
    }
  }

  /** The least of a MicroProfile Config that the settings need. */
  private static class MapConfig implements Config {
    private final Map<String, String> values;

    MapConfig(Map<String, String> values) {
      this.values = values;
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
      return Optional.ofNullable(values.get(name)).map(type::cast);
    }

    @Override
    public Iterable<String> getPropertyNames() {
      return new ArrayList<>(values.keySet());
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ConfigValue getConfigValue(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
      return List.of(new MapConfigSource(100, values));
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }
}
