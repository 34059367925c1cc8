package io.snapper.store.redis;

import io.snapper.store.MailboxContentContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisMailboxContentIT extends MailboxContentContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
