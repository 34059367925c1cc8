package io.snapper.store.redis;

import io.snapper.store.NodeRegistryContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisNodeRegistryIT extends NodeRegistryContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
