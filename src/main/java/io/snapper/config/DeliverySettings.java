package io.snapper.config;

import java.time.Duration;

/**
 * How a node hands messages to its consumers.
 *
 * @param lanes how many threads deliver; 0: see {@link #laneCount}
 * @param batchMessages the most messages in one delivery, 1 to 50
 * @param batchBytes the size at which a delivery takes no further message
 * @param inFlightLimit from how much that is sent and not acknowledged on deliveries are small
 * @param acknowledgementTimeout how long an acknowledgement is awaited
 * @param cursorInterval how often acknowledged positions are written to the store
 * @param strict whether each delivery is recorded before it goes out
 * @param tailMessages how many recent messages of a room are kept in memory
 * @param tailBytes the same in bytes
 */
public record DeliverySettings(
    int lanes,
    int batchMessages,
    DataSize batchBytes,
    DataSize inFlightLimit,
    Duration acknowledgementTimeout,
    Duration cursorInterval,
    boolean strict,
    int tailMessages,
    DataSize tailBytes) {

  /** The most lanes that a node can have: it keeps them as bits of a {@code long}. */
  public static final int MAX_LANES = 64;

  /**
   * Returns the number of lanes: as given, or the number of cores as far as there may be so many.
   */
  public int laneCount() {
    return laneCount(Runtime.getRuntime().availableProcessors());
  }

  int laneCount(int cores) {
    return lanes > 0 ? lanes : Math.min(cores, MAX_LANES);
  }

  static DeliverySettings read(SettingsReader reader) {
    return new DeliverySettings(
        reader.read(Settings.DELIVERY_LANES),
        reader.read(Settings.DELIVERY_BATCH_MESSAGES),
        reader.read(Settings.DELIVERY_BATCH_BYTES),
        reader.read(Settings.DELIVERY_IN_FLIGHT_LIMIT),
        reader.read(Settings.DELIVERY_ACKNOWLEDGEMENT_TIMEOUT),
        reader.read(Settings.DELIVERY_CURSOR_INTERVAL),
        reader.read(Settings.DELIVERY_STRICT),
        reader.read(Settings.DELIVERY_TAIL_MESSAGES),
        reader.read(Settings.DELIVERY_TAIL_BYTES));
  }
}
