package io.snapper.store;

/** The contract on the store in memory. */
class InMemoryMailboxNotesTest extends MailboxNotesContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new InMemoryFixture(retention);
  }
}
