package io.snapper.store;

/** The contract on the store in memory. */
class InMemoryPresenceLogTest extends PresenceLogContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new InMemoryFixture(retention);
  }
}
