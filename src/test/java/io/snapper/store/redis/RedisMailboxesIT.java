package io.snapper.store.redis;

import io.snapper.store.MailboxesContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisMailboxesIT extends MailboxesContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
