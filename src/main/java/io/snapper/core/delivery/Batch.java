package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import io.snapper.core.store.BatchExtent;
import java.util.List;
import java.util.function.Function;

/**
 * Messages that are sent and acknowledged together, 1 to 50. Sent again, it is the same: same id,
 * same messages.
 *
 * <p>Members of a room that stand at the same position share one batch, and with it the frame that
 * the edge encodes.
 */
public final class Batch {
  private final BatchExtent extent;
  private final List<Message> messages;
  private final int characters;
  private String frame;
  private int holders;

  /**
   * Creates a batch.
   *
   * @param extent its id and which messages it holds
   * @param messages the messages, in the order of the extent
   */
  public Batch(BatchExtent extent, List<Message> messages) {
    this.extent = extent;
    this.messages = List.copyOf(messages);
    this.characters = messages.stream().mapToInt(message -> message.payload().length()).sum();
  }

  public String id() {
    return extent.id();
  }

  public BatchExtent extent() {
    return extent;
  }

  public List<Message> messages() {
    return messages;
  }

  /** Returns the size of the payloads. */
  int characters() {
    return characters;
  }

  /** One more consumer has it in flight; returns whether that is the first. */
  boolean hold() {
    return holders++ == 0;
  }

  /** One less has it in flight; returns whether that was the last. */
  boolean release() {
    return --holders == 0;
  }

  /**
   * Returns the batch as {@code encoder} writes it; the first result is kept. Called on the lane's
   * thread.
   */
  public String frame(Function<Batch, String> encoder) {
    if (frame == null) {
      frame = encoder.apply(this);
    }
    return frame;
  }

  @Override
  public String toString() {
    return "Batch[" + extent.id() + ", " + messages.size() + " messages]";
  }
}
