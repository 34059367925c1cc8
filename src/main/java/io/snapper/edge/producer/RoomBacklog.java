package io.snapper.edge.producer;

import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one connection has for one room: the call under way, and what gathers meanwhile for the next
 * one. So the busier the room, the more messages a call carries.
 */
final class RoomBacklog {
  private static final int MAX_MESSAGES_PER_CALL = 1024;
  private static final long MAX_CHARACTERS_PER_CALL = 256 * 1024;

  private final RoomName room;
  private final ArrayDeque<Segment> waiting = new ArrayDeque<>();
  private List<Segment> underWay = List.of();
  private List<String> payloads = List.of();
  private boolean isRefused;

  RoomBacklog(RoomName room) {
    this.room = room;
  }

  RoomName room() {
    return room;
  }

  void add(Segment segment) {
    waiting.add(segment);
  }

  boolean isEmpty() {
    return underWay.isEmpty() && waiting.isEmpty();
  }

  /** The place of the call under way in what the producer publishes, if it numbers its calls. */
  Optional<Sequence> sequence() {
    return underWay.get(0).sequence();
  }

  /** Takes out what waits and has a number of this producer. */
  List<Segment> removeNumbered(String producer) {
    List<Segment> removed = new ArrayList<>();
    waiting.removeIf(
        segment ->
            segment.sequence().filter(its -> its.producer().equals(producer)).isPresent()
                && removed.add(segment));
    return removed;
  }

  /** The messages of the call under way. */
  List<String> payloads() {
    return payloads;
  }

  /** Whether the broker refused the call under way for the time being. */
  boolean isRefused() {
    return isRefused;
  }

  void setRefused(boolean isRefused) {
    this.isRefused = isRefused;
  }

  /** Takes what the next call carries: at least one segment; a numbered one goes alone. */
  void begin() {
    Segment first = waiting.poll();
    underWay = new ArrayList<>(1);
    underWay.add(first);
    payloads = first.payloads();
    long characters = first.characters();
    int messages = payloads.size();
    while (!waiting.isEmpty() && first.sequence().isEmpty()) {
      Segment next = waiting.peek();
      if (next.sequence().isPresent()) {
        break;
      }
      messages += next.payloads().size();
      characters += next.characters();
      if (messages > MAX_MESSAGES_PER_CALL || characters > MAX_CHARACTERS_PER_CALL) {
        break;
      }
      if (underWay.size() == 1) {
        payloads = new ArrayList<>(first.payloads());
      }
      payloads.addAll(next.payloads());
      underWay.add(waiting.poll());
    }
  }

  /** Ends the call under way and returns what it carried. */
  List<Segment> end() {
    List<Segment> ended = underWay;
    underWay = List.of();
    payloads = List.of();
    isRefused = false;
    return ended;
  }
}
