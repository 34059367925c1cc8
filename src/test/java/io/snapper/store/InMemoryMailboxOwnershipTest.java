package io.snapper.store;

/** The contract on the store in memory. */
class InMemoryMailboxOwnershipTest extends MailboxOwnershipContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new InMemoryFixture(retention);
  }
}
