package io.snapper.core.delivery;

/**
 * How much a lane has sent that is not acknowledged, and how large its batches may be while that is
 * so. A batch that many members share counts once. Owned by the lane.
 *
 * <p>Consumers that don't acknowledge hold a batch each. When together they hold too much, the
 * others get their messages in smaller batches, which take more round trips to catch up, instead of
 * filling the memory. One message goes in any case, whatever its size.
 */
final class InFlight {
  /** What a batch is divided by where too much is in flight. */
  private static final int REDUCTION = 16;

  private final long limitCharacters;
  private final BatchLimit whole;
  private final BatchLimit reduced;
  private long characters;

  InFlight(LaneContext context) {
    DeliveryOptions options = context.options();
    this.limitCharacters = context.shareOf(options.inFlightCharacters());
    this.whole = BatchLimit.of(options);
    this.reduced = new BatchLimit(whole.messages(), Math.max(1, whole.characters() / REDUCTION));
  }

  /** Returns how much the next batch takes. */
  BatchLimit batchLimit() {
    return characters < limitCharacters ? whole : reduced;
  }

  /** Returns the size of what is in flight. */
  long characters() {
    return characters;
  }

  /** The batch is in flight to one more consumer. */
  void add(Batch batch) {
    if (batch.hold()) {
      characters += batch.characters();
    }
  }

  /** The batch is not in flight to one of them any more. */
  void remove(Batch batch) {
    if (batch.release()) {
      characters -= batch.characters();
    }
  }
}
