package io.snapper.core.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import java.util.List;
import java.util.Objects;

/**
 * Messages to store in one room in one step.
 *
 * <p>A request is stored once however often it is sent: {@code (room, publisher, sequence)} names
 * it for as long as a node retries (minutes), and the idempotency key, if there is one, names it
 * for the configured life.
 *
 * @param room where to
 * @param payloads 1 or more texts, stored in this order with consecutive offsets
 * @param publisher the node that sends it
 * @param sequence larger than that of this publisher's earlier requests to this room; a node has
 *     one request to a room under way at a time
 * @param idempotency the caller's own name for this publication, or null
 */
public record PublishRequest(
    RoomName room,
    List<String> payloads,
    NodeId publisher,
    long sequence,
    Idempotency idempotency) {
  public PublishRequest {
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(publisher, "publisher");
    payloads = List.copyOf(payloads);
    if (payloads.isEmpty()) {
      throw new IllegalArgumentException("a publication to " + room + " without a message");
    }
  }

  /**
   * A caller's name for a publication.
   *
   * @param key the name; unique within the room
   * @param fingerprint a digest of the content, so that a key that is used again for something else
   *     is noticed
   */
  public record Idempotency(String key, String fingerprint) {}
}
