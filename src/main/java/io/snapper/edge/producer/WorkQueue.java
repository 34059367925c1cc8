package io.snapper.edge.producer;

import io.snapper.core.message.ConsumerId;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides when the calls of one connection begin, so that it looks as if they were handled one
 * after the other.
 *
 * <p>They begin in the order in which they came. Publishes are under way together; the broker keeps
 * their order within a room. Moves (joins and leaves) of different consumers are under way
 * together. But a move waits for all publishes before it and a publish for all moves before it:
 * whether a consumer gets a message depends on which was first. A lookup waits only for its turn.
 */
final class WorkQueue {
  /** So many moves under way that their round trips overlap, so few that the store stays fair. */
  private static final int MAX_MOVES_UNDER_WAY = 64;

  private final ArrayDeque<Work> waiting = new ArrayDeque<>();
  private final Set<ConsumerId> moving = new HashSet<>();
  private int publishesUnderWay;
  private int lookupsUnderWay;

  private enum Kind {
    PUBLISH,
    MOVE,
    LOOKUP
  }

  private record Work(Kind kind, ConsumerId consumer, Runnable begin) {}

  /** Adds a publish, which ends with {@link #onPublishEnded}. */
  void addPublish(Runnable begin) {
    waiting.add(new Work(Kind.PUBLISH, null, begin));
  }

  /** Adds a join or leave, which ends with {@link #onMoveEnded}. */
  void addMove(ConsumerId consumer, Runnable begin) {
    waiting.add(new Work(Kind.MOVE, consumer, begin));
  }

  /** Adds something that changes nothing, which ends with {@link #onLookupEnded}. */
  void addLookup(Runnable begin) {
    waiting.add(new Work(Kind.LOOKUP, null, begin));
  }

  void onPublishEnded() {
    publishesUnderWay--;
  }

  void onMoveEnded(ConsumerId consumer) {
    moving.remove(consumer);
  }

  void onLookupEnded() {
    lookupsUnderWay--;
  }

  /** Whether nothing is under way and nothing waits. */
  boolean isIdle() {
    return waiting.isEmpty() && publishesUnderWay == 0 && lookupsUnderWay == 0 && moving.isEmpty();
  }

  /** Begins everything that may begin. */
  void beginPermitted() {
    while (!waiting.isEmpty() && mayBegin(waiting.peek())) {
      Work work = waiting.poll();
      switch (work.kind()) {
        case PUBLISH -> publishesUnderWay++;
        case MOVE -> moving.add(work.consumer());
        case LOOKUP -> lookupsUnderWay++;
      }
      work.begin().run();
    }
  }

  private boolean mayBegin(Work work) {
    return switch (work.kind()) {
      case PUBLISH -> moving.isEmpty();
      case MOVE ->
          publishesUnderWay == 0
              && moving.size() < MAX_MOVES_UNDER_WAY
              && !moving.contains(work.consumer());
      case LOOKUP -> true;
    };
  }
}
