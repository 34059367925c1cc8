package io.snapper.store.redis;

import io.snapper.store.MailboxOwnershipContract;
import io.snapper.store.StoreFixture;

/** The contract on a Redis Cluster. */
class RedisClusterMailboxOwnershipIT extends MailboxOwnershipContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.clusterOptions(), retention);
  }
}
