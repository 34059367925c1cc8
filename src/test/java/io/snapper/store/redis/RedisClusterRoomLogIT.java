package io.snapper.store.redis;

import io.snapper.store.RoomLogContract;
import io.snapper.store.StoreFixture;

/** The contract on a Redis Cluster. */
class RedisClusterRoomLogIT extends RoomLogContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.clusterOptions(), retention);
  }
}
