package io.snapper.store.redis;

import io.snapper.store.RoomLogContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisRoomLogIT extends RoomLogContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
