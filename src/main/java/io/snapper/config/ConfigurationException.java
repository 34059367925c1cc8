package io.snapper.config;

import java.util.List;

/**
 * The start is refused: the settings are wrong. It lists every fault, each with the key, the value
 * (unless it is a secret) and the rule.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public ConfigurationException(List<String> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns the faults, one line each. */
  public List<String> faults() {
    return faults;
  }

  private static String message(List<String> faults) {
    StringBuilder text = new StringBuilder();
    text.append(faults.size()).append(faults.size() == 1 ? " fault" : " faults");
    text.append(" in the settings:");
    for (String fault : faults) {
      text.append("\n  - ").append(fault);
    }
    return text.toString();
  }
}
