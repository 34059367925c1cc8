package io.snapper.core;

import io.snapper.core.delivery.DeliveryOptions;
import java.time.Duration;

/**
 * The limits and times of a broker node; checked where they are configured.
 *
 * @param address host:port by which people know this node
 * @param messageLimitBytes the longest payload, in bytes of UTF-8
 * @param heldLimitBytes how much may wait for the store on this node
 * @param delivery the limits and times of delivery
 * @param heartbeat how often the node renews its lease
 * @param lease how long a silent node counts as living
 */
public record BrokerOptions(
    String address,
    int messageLimitBytes,
    long heldLimitBytes,
    DeliveryOptions delivery,
    Duration heartbeat,
    Duration lease) {
  /** Limits that suit tests and small installations. */
  public static BrokerOptions defaults(String address) {
    return new BrokerOptions(
        address,
        1 << 20,
        64L << 20,
        DeliveryOptions.DEFAULTS,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5));
  }
}
