package io.snapper.core;

import io.snapper.core.delivery.AdmissionOptions;
import io.snapper.core.delivery.DeliveryOptions;
import java.time.Duration;

/**
 * The limits and times of a broker node; checked where they are configured.
 *
 * @param address host:port by which people know this node
 * @param messageLimitBytes the longest payload, in bytes of UTF-8
 * @param heldLimitBytes how much may wait for the store on this node
 * @param delivery the limits and times of delivery
 * @param admission how many connections are opened at once
 * @param heartbeat how often the node renews its lease
 * @param lease how long a silent node counts as living
 */
public record BrokerOptions(
    String address,
    int messageLimitBytes,
    long heldLimitBytes,
    DeliveryOptions delivery,
    AdmissionOptions admission,
    Duration heartbeat,
    Duration lease) {
  /** Limits that suit tests and small installations. */
  public static BrokerOptions defaults(String address) {
    return new BrokerOptions(
        address,
        1 << 20,
        64L << 20,
        DeliveryOptions.DEFAULTS,
        AdmissionOptions.DEFAULTS,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5));
  }

  /** Returns the same with other limits and times of delivery. */
  public BrokerOptions withDelivery(DeliveryOptions other) {
    return new BrokerOptions(
        address, messageLimitBytes, heldLimitBytes, other, admission, heartbeat, lease);
  }

  /** Returns the same with another number of connections that are opened at once. */
  public BrokerOptions withAdmission(AdmissionOptions other) {
    return new BrokerOptions(
        address, messageLimitBytes, heldLimitBytes, delivery, other, heartbeat, lease);
  }
}
