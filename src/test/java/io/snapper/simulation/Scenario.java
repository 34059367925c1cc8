package io.snapper.simulation;

import io.snapper.core.delivery.DeliveryOptions;
import io.snapper.testing.engine.UsualDelivery;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What a seed chooses before a run begins.
 *
 * @param isStrict whether batches are stored before they go out
 * @param nodes nodes at the start
 * @param consumers devices; two of them are one user's
 * @param rooms rooms that consumers are put into
 * @param logMessages how many messages a room's log retains
 * @param actions how many things are done from outside
 * @param stepsPerMove steps between two moves of the clock, on average
 * @param moveMs how far the clock moves then, at most
 * @param tailMessages messages of a room that a lane keeps in memory
 * @param batchMessages most messages in a batch
 * @param batchCharacters where a batch ends, in characters
 * @param tailCharacters characters of a room that a lane keeps in memory
 * @param longestPadding how many characters a message may have besides its head
 * @param hasLateCalls whether a call may take effect after its caller was told that it failed
 * @param faults what may go wrong
 */
record Scenario(
    boolean isStrict,
    int nodes,
    int consumers,
    int rooms,
    int logMessages,
    int actions,
    int stepsPerMove,
    int moveMs,
    int tailMessages,
    int batchMessages,
    int batchCharacters,
    int tailCharacters,
    int longestPadding,
    boolean hasLateCalls,
    Faults faults) {
  private static final int MANY_ROOMS = 24;

  /** How bad it gets. */
  enum Faults {
    /** Only what clients do: cut, half-open and slow connections, any interleaving. */
    CLIENTS,
    /** Nodes die or stand still, pushes are lost, calls fail, the store is away. */
    CLUSTER,
    /** The store also loses the ends of rooms. */
    REWINDS,
    /** The store also loses everything. */
    WIPES;

    boolean losesHistory() {
      return this == REWINDS || this == WIPES;
    }
  }

  static Scenario of(SplittableRandom random, Faults given) {
    Faults chosen = random.nextInt(5) == 0 ? Faults.CLIENTS : Faults.CLUSTER;
    Faults faults = given == null ? chosen : given;
    // Where nothing fails, time must not outrun the steps: it would look like a failure.
    boolean isCalm = faults == Faults.CLIENTS;
    boolean isWide = random.nextInt(10) == 0;
    boolean isLong = random.nextInt(4) == 0;
    return new Scenario(
        random.nextBoolean(),
        2 + random.nextInt(3),
        2 + random.nextInt(3),
        isWide ? MANY_ROOMS : 2,
        random.nextInt(3) == 0 ? 8 : 1024,
        30 + random.nextInt(60),
        isCalm ? 32 : 2 << random.nextInt(6),
        isCalm ? 4 : 1 << random.nextInt(7),
        2 << random.nextInt(5),
        1 + random.nextInt(isWide ? 40 : 5),
        isLong ? 50 + random.nextInt(200) : DeliveryOptions.DEFAULTS.batchCharacters(),
        isLong ? 50 + random.nextInt(400) : DeliveryOptions.DEFAULTS.tailCharacters(),
        isLong ? 120 : 0,
        random.nextBoolean(),
        faults);
  }

  DeliveryOptions delivery() {
    // Where messages are long, two batches are too much.
    int inFlightLimit =
        longestPadding == 0 ? DeliveryOptions.DEFAULTS.inFlightCharacters() : 2 * batchCharacters;
    return UsualDelivery.but()
        .withBatches(batchMessages, batchCharacters)
        .withInFlightLimit(inFlightLimit)
        .withAcknowledgementTimeout(Duration.ofSeconds(3))
        .withStrict(isStrict)
        .withTails(tailMessages, tailCharacters)
        .options();
  }
}
