package io.snapper.core.delivery;

/**
 * What the lanes of a node hold in memory at one moment: the sums over all lanes, and the largest
 * of single things.
 *
 * @param sessions connections, also those that are being opened
 * @param openings sessions that are being opened or wait for that
 * @param endings consumers whose last state is being written
 * @param rooms rooms with members; one that two lanes have members in counts twice
 * @param members the sessions' places in rooms
 * @param tailMessages recent messages that are kept for rooms
 * @param tailCharacters their size
 * @param largestTailMessages the most that one room keeps
 * @param largestTailCharacters the most that one room keeps
 * @param waitingPushes pushes that wait for a room to know where it stands
 * @param fetchedMessages messages that were read from logs and wait for their turn
 * @param mostFetchedPages how many pages of these wait for one member, at most
 * @param inFlightMessages messages that were sent and not acknowledged, for each consumer
 * @param inFlightCharacters the size of these, of what several consumers share once
 * @param accountedCharacters the same, as it is kept account of
 */
public record DeliveryMemory(
    long sessions,
    long openings,
    long endings,
    long rooms,
    long members,
    long tailMessages,
    long tailCharacters,
    long largestTailMessages,
    long largestTailCharacters,
    long waitingPushes,
    long fetchedMessages,
    long mostFetchedPages,
    long inFlightMessages,
    long inFlightCharacters,
    long accountedCharacters) {

  DeliveryMemory plus(DeliveryMemory other) {
    return new DeliveryMemory(
        sessions + other.sessions,
        openings + other.openings,
        endings + other.endings,
        rooms + other.rooms,
        members + other.members,
        tailMessages + other.tailMessages,
        tailCharacters + other.tailCharacters,
        Math.max(largestTailMessages, other.largestTailMessages),
        Math.max(largestTailCharacters, other.largestTailCharacters),
        waitingPushes + other.waitingPushes,
        fetchedMessages + other.fetchedMessages,
        Math.max(mostFetchedPages, other.mostFetchedPages),
        inFlightMessages + other.inFlightMessages,
        inFlightCharacters + other.inFlightCharacters,
        accountedCharacters + other.accountedCharacters);
  }
}
