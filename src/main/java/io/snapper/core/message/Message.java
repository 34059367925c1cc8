package io.snapper.core.message;

import java.util.Objects;
import java.util.function.Function;

/**
 * One message of a room's log, shared by all its readers on a node.
 *
 * <p>It keeps the first encoded form that an edge asks for, so that a message to ten thousand
 * members is escaped once. Thread safe: two threads may both encode, and then either result is
 * kept.
 */
public final class Message {
  private final long offset;
  private final String payload;
  private final long publishedAtMs;
  private String encoded;

  /**
   * Creates a message.
   *
   * @param offset its place in the room's log, 1 or more
   * @param payload the text, opaque to the broker
   * @param publishedAtMs when the store took it, in ms since 1970, by the store's clock
   */
  public Message(long offset, String payload, long publishedAtMs) {
    this.offset = offset;
    this.payload = Objects.requireNonNull(payload, "payload");
    this.publishedAtMs = publishedAtMs;
  }

  public long offset() {
    return offset;
  }

  public String payload() {
    return payload;
  }

  public long publishedAtMs() {
    return publishedAtMs;
  }

  /**
   * Returns the payload as {@code encoder} writes it. There is one encoder in a process: the first
   * result is kept.
   */
  public String encoded(Function<String, String> encoder) {
    String form = encoded;
    if (form == null) {
      form = encoder.apply(payload);
      encoded = form;
    }
    return form;
  }

  @Override
  public String toString() {
    return "Message[" + offset + ", " + payload.length() + " characters]";
  }
}
