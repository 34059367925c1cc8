package io.snapper.store;

/** The contract on the store in memory. */
class InMemoryRoomReadingTest extends RoomReadingContract {
  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new InMemoryFixture(retention);
  }
}
