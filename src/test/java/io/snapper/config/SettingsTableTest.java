package io.snapper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  private static final Path README = Path.of("README.md");

  @Test
  void shouldBeTheTableOfTheReadme() throws IOException {
    assumeTrue(Files.exists(README), "there is no README yet");
    String readme = Files.readString(README);
    assumeTrue(readme.contains(SettingsTable.BEGIN), "the README has no settings table yet");

    String table =
        readme.substring(
            readme.indexOf(SettingsTable.BEGIN) + SettingsTable.BEGIN.length(),
            readme.indexOf(SettingsTable.END));

    assertThat(table.strip())
        .as("the table that io.snapper.config.SettingsTable prints")
        .isEqualTo(SettingsTable.markdown().strip());
  }

  @Test
  void shouldHaveOneLinePerSetting() {
    String[] lines = SettingsTable.markdown().split("\n");

    assertThat(lines).hasSize(Settings.all().size() + 2);
    assertThat(lines).allMatch(line -> line.startsWith("|") && line.endsWith("|"));
  }

  @Test
  void shouldDeclareEachKeyOnceWithAValidDefaultAndADescription() {
    assertThat(Settings.all()).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(Settings.all()).extracting(Setting::environmentName).doesNotHaveDuplicates();
    assertThat(Settings.all())
        .allSatisfy(
            setting -> {
              assertThat(setting.key()).matches("snapper(\\.[a-z][a-z-]*[a-z])+");
              assertThat((Object) setting.defaultValue()).isNotNull();
              assertThat(setting.description()).matches("[A-Z].*\\.");
            });
  }
}
