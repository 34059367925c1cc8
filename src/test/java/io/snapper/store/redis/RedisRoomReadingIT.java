package io.snapper.store.redis;

import io.snapper.store.RoomReadingContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisRoomReadingIT extends RoomReadingContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
