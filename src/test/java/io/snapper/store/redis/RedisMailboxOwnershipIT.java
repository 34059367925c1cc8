package io.snapper.store.redis;

import io.snapper.store.MailboxOwnershipContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisMailboxOwnershipIT extends MailboxOwnershipContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
