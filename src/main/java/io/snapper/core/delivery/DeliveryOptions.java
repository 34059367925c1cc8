package io.snapper.core.delivery;

import java.time.Duration;

/**
 * The limits and times of delivery; checked where they are configured.
 *
 * @param batchMessages most messages in a batch, 1 to 50
 * @param batchCharacters a batch ends with the message that reaches this size; a larger message
 *     goes alone
 * @param inFlightCharacters from when on batches are a sixteenth of that, because so much is sent
 *     on the node and not acknowledged
 * @param acknowledgementTimeout after this time without an answer a batch is sent again once, then
 *     the connection closes
 * @param cursorInterval how often acknowledged positions are written
 * @param isStrict whether a batch is written to the mailbox before it is sent, so that even after a
 *     crash the next owner repeats it identically
 * @param mailboxLife how long a mailbox lives after its consumer has left
 * @param weakenedMailboxLife how long it lives once its user has logged in anew
 * @param tailMessages recent messages of a room that are kept in memory
 * @param tailCharacters their size, at most
 * @param roomsPerConsumer the rooms that a consumer may be in, besides its own
 */
public record DeliveryOptions(
    int batchMessages,
    int batchCharacters,
    int inFlightCharacters,
    Duration acknowledgementTimeout,
    Duration cursorInterval,
    boolean isStrict,
    Duration mailboxLife,
    Duration weakenedMailboxLife,
    int tailMessages,
    int tailCharacters,
    int roomsPerConsumer) {
  /** The values that are used unless something else is configured. */
  public static final DeliveryOptions DEFAULTS =
      new DeliveryOptions(
          50,
          64 * 1024,
          64 << 20,
          Duration.ofSeconds(60),
          Duration.ofMillis(100),
          false,
          Duration.ofHours(24),
          Duration.ofMinutes(5),
          256,
          256 * 1024,
          1000);
}
