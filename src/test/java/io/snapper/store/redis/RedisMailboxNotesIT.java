package io.snapper.store.redis;

import io.snapper.store.MailboxNotesContract;
import io.snapper.store.StoreFixture;

/** The contract on a single Redis. */
class RedisMailboxNotesIT extends MailboxNotesContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }
}
