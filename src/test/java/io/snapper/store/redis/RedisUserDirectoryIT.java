package io.snapper.store.redis;

import io.snapper.store.StoreFixture;
import io.snapper.store.UserDirectoryContract;

/** The contract on a single Redis. */
class RedisUserDirectoryIT extends UserDirectoryContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
