package io.snapper.core.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Messages to store in one room in one step.
 *
 * <p>A request is stored once however often it is sent: {@code (room, publisher, sequence)} names
 * it for {@link #MEMORY}, and the caller's own name, if there is one, names it for the configured
 * life, whichever node sends it.
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
  /**
   * How long the store knows a publisher's last request to a room. Sent again later, it would be
   * stored again. It is memory for each room and node that publishes there, so it is not for ever.
   */
  public static final Duration MEMORY = Duration.ofMinutes(10);

  public PublishRequest {
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(publisher, "publisher");
    payloads = List.copyOf(payloads);
    if (payloads.isEmpty()) {
      throw new IllegalArgumentException("a publication to " + room + " without a message");
    }
  }

  /** A caller's name for a publication, so that a retry of the caller's is stored once, too. */
  public sealed interface Idempotency {}

  /**
   * A name for this publication alone.
   *
   * @param key unique within the room
   * @param fingerprint a digest of the content, so that a key that is used again for something else
   *     is noticed
   */
  public record Key(String key, String fingerprint) implements Idempotency {}

  /**
   * A place in what one producer publishes. The store knows the last place for each producer and
   * room: what does not come after that one is stored already.
   *
   * @param producer its name, as unique as it needs; any text
   * @param number 1 to {@link #MAX_NUMBER}, larger than that of what it published before
   * @param part 0 or more: which part it is of what has the same number in the same room
   */
  public record Sequence(String producer, long number, int part) implements Idempotency {
    /** The largest number that JSON, Lua and the store can tell from the next one. */
    public static final long MAX_NUMBER = (1L << 53) - 1;

    public Sequence {
      Objects.requireNonNull(producer, "producer");
      if (number < 1 || number > MAX_NUMBER || part < 0) {
        throw new IllegalArgumentException(
            "sequence " + number + "." + part + " of " + producer + " is out of its range");
      }
    }
  }
}
