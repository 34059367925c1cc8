package io.snapper.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The edge of consumers.
 *
 * @param pingInterval how often a connection shows that it is alive
 * @param pingTimeout how long after the interval a silent connection is closed
 * @param frameLimit the longest frame or polling payload that comes in
 * @param origins {@code *}, or origins in lower case; see {@link #allowsOrigin}
 * @param transports at least one
 * @param pollingHeldLimit how much output may wait for a session's next poll
 * @param roomsLimit in how many rooms one consumer may be
 */
public record ConsumerSettings(
    Duration pingInterval,
    Duration pingTimeout,
    DataSize frameLimit,
    Set<String> origins,
    Set<Transport> transports,
    DataSize pollingHeldLimit,
    int roomsLimit) {
  public ConsumerSettings {
    origins = Set.copyOf(origins);
    transports = Set.copyOf(transports);
  }

  /** Returns whether pages of any origin may connect. */
  public boolean allowsEveryOrigin() {
    return origins.contains("*");
  }

  /**
   * Returns whether a request with this {@code Origin} header may connect; {@code null}, no header,
   * may: it doesn't come from a page.
   */
  public boolean allowsOrigin(String origin) {
    return origin == null
        || allowsEveryOrigin()
        || origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  static ConsumerSettings read(SettingsReader reader) {
    return new ConsumerSettings(
        reader.read(Settings.CONSUMER_PING_INTERVAL),
        reader.read(Settings.CONSUMER_PING_TIMEOUT),
        reader.read(Settings.CONSUMER_FRAME_LIMIT),
        reader.read(Settings.CONSUMER_ORIGINS),
        reader.read(Settings.CONSUMER_TRANSPORTS),
        reader.read(Settings.CONSUMER_POLLING_HELD_LIMIT),
        reader.read(Settings.CONSUMER_ROOMS_LIMIT));
  }
}
