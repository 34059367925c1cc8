package io.snapper.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads settings and collects every fault on the way, so that an operator sees them all at once. A
 * wrong value is replaced by the default while the reading goes on. For one thread, one reading.
 */
final class SettingsReader {
  private static final int SHOWN_CHARACTERS = 100;

  private final SettingsSource source;
  private final Map<Setting<?>, Object> values = new HashMap<>();
  private final Map<Setting<?>, String> texts = new HashMap<>();
  private final Set<Setting<?>> faulty = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  SettingsReader(SettingsSource source) {
    this.source = source;
  }

  /** Returns the setting's value; reading it again gives the same one and no second fault. */
  <T> T read(Setting<T> setting) {
    if (!values.containsKey(setting)) {
      values.put(setting, readOnce(setting));
    }
    @SuppressWarnings("unchecked") // Only readOnce of the same setting puts values in.
    T value = (T) values.get(setting);
    return value;
  }

  /**
   * Notes a fault unless the rule holds; without effect if one of the settings is wrong by itself,
   * since its value isn't the operator's then.
   */
  void check(boolean holds, String rule, Setting<?>... settings) {
    Arrays.stream(settings).forEach(this::read);
    if (holds || Arrays.stream(settings).anyMatch(faulty::contains)) {
      return;
    }
    faults.add(
        Arrays.stream(settings)
                .map(setting -> setting.key() + " = " + shown(setting, texts.get(setting)))
                .collect(Collectors.joining(", "))
            + ": "
            + rule);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException if there was any fault or unknown key
   */
  void finish() {
    faults.addAll(UnknownKeys.faults(source));
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }

  private <T> T readOnce(Setting<T> setting) {
    String text;
    try {
      Optional<String> given = source.value(setting.key()).filter(found -> !found.isBlank());
      // A password may begin or end with a space; nothing else does.
      text =
          given
              .map(found -> setting.isSecret() ? found : found.strip())
              .orElse(setting.defaultText());
    } catch (RuntimeException unreadable) {
      faulty.add(setting);
      faults.add(setting.key() + " can't be read: " + unreadable.getMessage());
      return setting.defaultValue();
    }
    texts.put(setting, text);
    try {
      return setting.parse(text);
    } catch (IllegalArgumentException broken) {
      faulty.add(setting);
      faults.add(
          setting.key()
              + " = "
              + shown(setting, text)
              + ": must be "
              + setting.rule()
              + UnknownKeys.hintFor(setting, text));
      return setting.defaultValue();
    }
  }

  private static String shown(Setting<?> setting, String text) {
    if (text.isEmpty()) {
      return "(not set)";
    }
    if (setting.isSecret()) {
      return Secret.HIDDEN;
    }
    // An address may carry a password where the rule forbids one, and that any character.
    int end = text.lastIndexOf('@');
    String safe = end < 0 ? text : Secret.HIDDEN + text.substring(end);
    return safe.length() <= SHOWN_CHARACTERS ? safe : safe.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
