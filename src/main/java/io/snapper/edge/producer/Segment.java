package io.snapper.edge.producer;

import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of one {@link Publication} for one room, or a part of them if they are many. */
final class Segment {
  /** One store call blocks all others: so it stays short, whatever a producer sends. */
  private static final int MAX_MESSAGES = 512;

  private static final int MAX_CHARACTERS = 256 * 1024;

  private final Publication publication;
  private final RoomName room;
  private final Optional<Sequence> sequence;
  private final List<String> payloads = new ArrayList<>();
  private long characters;

  /**
   * A segment without messages.
   *
   * @param sequence its place in what the producer publishes, if the producer numbers its calls
   */
  Segment(Publication publication, RoomName room, Optional<Sequence> sequence) {
    this.publication = publication;
    this.room = room;
    this.sequence = sequence;
  }

  void add(String payload) {
    payloads.add(payload);
    characters += payload.length();
  }

  boolean isFull() {
    return payloads.size() >= MAX_MESSAGES || characters >= MAX_CHARACTERS;
  }

  boolean isEmpty() {
    return payloads.isEmpty();
  }

  Publication publication() {
    return publication;
  }

  RoomName room() {
    return room;
  }

  Optional<Sequence> sequence() {
    return sequence;
  }

  List<String> payloads() {
    return payloads;
  }

  long characters() {
    return characters;
  }
}
