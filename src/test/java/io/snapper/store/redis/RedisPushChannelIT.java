package io.snapper.store.redis;

import io.snapper.store.PushChannelContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisPushChannelIT extends PushChannelContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
