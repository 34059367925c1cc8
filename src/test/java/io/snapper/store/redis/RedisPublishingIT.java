package io.snapper.store.redis;

import io.snapper.store.PublishingContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisPublishingIT extends PublishingContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
