package io.snapper.boot.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {
  @Test
  void shouldChooseTheEmbeddedRedisAndTheDemoWhenNothingIsSaid() {
    Map<String, String> settings = Launcher.settings(Map.of("user.home", "x"), Map.of());

    assertThat(settings)
        .containsOnly(
            Map.entry("snapper.redis.address", "embedded"),
            Map.entry("snapper.demo.enabled", "true"),
            Map.entry("snapper.http.port", "8080"));
  }

  @Test
  void shouldPreferPropertiesToTheEnvironmentAndBothToTheDefaults() {
    Map<String, String> properties = Map.of("snapper.http.port", "1", "snapper.data.dir", "d");
    Map<String, String> environment =
        Map.of("SNAPPER_HTTP_PORT", "2", "SNAPPER_REDIS_ADDRESS", "redis://elsewhere:6379");

    Map<String, String> settings = Launcher.settings(properties, environment);

    assertThat(settings)
        .containsEntry("snapper.http.port", "1")
        .containsEntry("snapper.data.dir", "d")
        .containsEntry("snapper.redis.address", "redis://elsewhere:6379");
  }

  @Test
  void shouldGiveEverySettingAndThePortToTheServer() {
    Map<String, String> settings = Map.of("snapper.http.port", "8081");

    List<String> command = Launcher.command(Path.of("snapper.jar"), settings, List.of("--warmup"));

    assertThat(command)
        .endsWith("-Dsnapper.http.port=8081", "-jar", "snapper.jar", "--port", "8081", "--warmup");
  }
}
