package io.snapper.config;

import java.time.Duration;

/**
 * How a node goes out of service.
 *
 * @param consumersPerSecond how many consumers are released per second; more, if the limit would
 *     not suffice for all of them
 * @param limit how long it takes at most
 */
public record DrainSettings(int consumersPerSecond, Duration limit) {

  static DrainSettings read(SettingsReader reader) {
    return new DrainSettings(reader.read(Settings.DRAIN_RATE), reader.read(Settings.DRAIN_LIMIT));
  }
}
