package io.snapper.store.redis;

import io.snapper.store.MailboxesContract;
import io.snapper.store.StoreFixture;

/** The contract on a Redis Cluster. */
class RedisClusterMailboxesIT extends MailboxesContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.clusterOptions(), retention);
  }
}
