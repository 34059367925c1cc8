package io.snapper.core.delivery;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Counts what one lane holds. Lives on the lane, for one counting. */
final class MemoryCount {
  private final Set<Batch> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
  private long sessions;
  private long inFlightMessages;
  private long rooms;
  private long members;
  private long tailMessages;
  private long tailCharacters;
  private long largestTailMessages;
  private long largestTailCharacters;
  private long waitingPushes;
  private long fetchedMessages;
  private long mostFetchedPages;

  void add(LaneSession session) {
    sessions++;
    if (session.inFlight != null) {
      inFlightMessages += session.inFlight.messages().size();
      inFlight.add(session.inFlight);
    }
    for (Member member : session.members.values()) {
      members++;
      mostFetchedPages = Math.max(mostFetchedPages, member.fetched.size());
      member.fetched.forEach(run -> fetchedMessages += run.messages().size());
    }
  }

  void addRoom(MessageTail tail, int pushes) {
    rooms++;
    tailMessages += tail.size();
    tailCharacters += tail.characters();
    largestTailMessages = Math.max(largestTailMessages, tail.size());
    largestTailCharacters = Math.max(largestTailCharacters, tail.characters());
    waitingPushes += pushes;
  }

  DeliveryMemory result(long openings, long endings, long accountedCharacters) {
    return new DeliveryMemory(
        sessions,
        openings,
        endings,
        rooms,
        members,
        tailMessages,
        tailCharacters,
        largestTailMessages,
        largestTailCharacters,
        waitingPushes,
        fetchedMessages,
        mostFetchedPages,
        inFlightMessages,
        inFlight.stream().mapToLong(Batch::characters).sum(),
        accountedCharacters);
  }
}
