package io.snapper.store.redis;

import io.snapper.store.NodeRegistryContract;
import io.snapper.store.StoreFixture;

/** The contract on a Redis Cluster. */
class RedisClusterNodeRegistryIT extends NodeRegistryContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.clusterOptions(), retention);
  }
}
