package io.snapper.config;

import java.util.Locale;

/**
 * One declared setting.
 *
 * @param key the name, {@code snapper.…}
 * @param type what its text must be
 * @param defaultText what holds if nothing is given; empty: nothing
 * @param isSecret whether the value must never be shown
 * @param description one sentence for the operator
 */
public record Setting<T>(
    String key, SettingType<T> type, String defaultText, boolean isSecret, String description) {

  /** Returns what the value must be, in words. */
  public String rule() {
    return type.rule();
  }

  /** Returns the name as an environment variable: {@code SNAPPER_REDIS_ADDRESS}. */
  public String environmentName() {
    return environmentName(key);
  }

  /** Returns how MicroProfile Config looks a key up in the environment. */
  static String environmentName(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  T parse(String text) {
    return type.parser().apply(text);
  }

  T defaultValue() {
    return parse(defaultText);
  }
}
