package io.snapper.store.redis;

import io.snapper.store.StoreFixture;
import io.snapper.store.UserDirectoryContract;

/** The contract on a Redis Cluster. */
class RedisClusterUserDirectoryIT extends UserDirectoryContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.clusterOptions(), retention);
  }
}
