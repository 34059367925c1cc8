package io.snapper.boot;

import io.snapper.config.RedisSettings;
import io.snapper.config.SnapperSettings;
import io.snapper.core.BrokerOptions;
import io.snapper.core.delivery.AdmissionOptions;
import io.snapper.core.delivery.DeliveryOptions;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.store.redis.RedisStoreOptions.Layout;
import io.snapper.store.redis.RedisStoreOptions.Retention;
import java.net.URI;
import java.util.List;

/** Says the settings in the words of the engine and of the store, which know no configuration. */
final class SettingsMapping {
  private SettingsMapping() {}

  static BrokerOptions brokerOptions(SnapperSettings settings) {
    return new BrokerOptions(
        settings.node().addressOrHostName() + ":" + settings.http().port(),
        settings.publish().messageLimit().intBytes(),
        settings.publish().heldLimit().bytes(),
        deliveryOptions(settings),
        new AdmissionOptions(settings.admission().concurrency(), settings.admission().queue()),
        settings.node().heartbeat(),
        settings.node().lease());
  }

  private static DeliveryOptions deliveryOptions(SnapperSettings settings) {
    return new DeliveryOptions(
        settings.delivery().batchMessages(),
        settings.delivery().batchBytes().intBytes(),
        settings.delivery().inFlightLimit().intBytes(),
        settings.delivery().acknowledgementTimeout(),
        settings.delivery().cursorInterval(),
        settings.delivery().strict(),
        settings.retention().mailboxLife(),
        settings.retention().weakenedMailboxLife(),
        settings.delivery().tailMessages(),
        settings.delivery().tailBytes().intBytes(),
        settings.consumer().roomsLimit());
  }

  /**
   * Returns the store's options.
   *
   * @param embedded the address of the embedded Redis, used if the settings ask for it
   */
  static RedisStoreOptions storeOptions(SnapperSettings settings, URI embedded) {
    RedisSettings redis = settings.redis();
    return new RedisStoreOptions(
        switch (redis.resolvedMode()) {
          case CLUSTER -> Layout.CLUSTER;
          case SENTINEL -> Layout.SENTINEL;
          default -> Layout.SINGLE;
        },
        redis.isEmbedded() ? List.of(embedded) : redis.addresses(),
        redis.sentinelMaster(),
        redis.username(),
        redis.password().map(secret -> secret.value()),
        redis.prefix(),
        redis.partitions(),
        redis.timeout(),
        redis.connections(),
        new Retention(
            settings.retention().roomLogLength(),
            settings.retention().roomLogBurstTime(),
            settings.retention().roomLogBurstLength(),
            settings.retention().roomLogLife(),
            settings.retention().mailboxLife(),
            settings.publish().idempotencyLife(),
            settings.publish().producerLife()));
  }
}
