package io.snapper.store.redis;

import io.snapper.store.PushChannelContract;
import io.snapper.store.StoreFixture;

/** The contract on a Redis Cluster. */
class RedisClusterPushChannelIT extends PushChannelContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.clusterOptions(), retention);
  }
}
