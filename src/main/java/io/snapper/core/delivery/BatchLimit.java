package io.snapper.core.delivery;

/**
 * How much a batch, or a part of one, takes: a further message only within both limits, the first
 * one in any case.
 *
 * @param messages 1 or more
 * @param characters of the payloads
 */
record BatchLimit(int messages, long characters) {
  /** A part is not smaller than this, unless the whole is: each is a call to the store. */
  private static final BatchLimit SMALLEST_PART = new BatchLimit(5, 1024);

  static BatchLimit of(DeliveryOptions options) {
    return new BatchLimit(options.batchMessages(), options.batchCharacters());
  }

  /** Returns what is left beside so much. */
  BatchLimit without(int usedMessages, long usedCharacters) {
    return new BatchLimit(messages - usedMessages, characters - usedCharacters);
  }

  /** Returns the limit of each part if {@code parts} together are to be about a batch. */
  BatchLimit dividedBy(int parts) {
    return parts == 1
        ? this
        : new BatchLimit(
            Math.min(messages, Math.max(messages / parts, SMALLEST_PART.messages())),
            Math.min(characters, Math.max(characters / parts, SMALLEST_PART.characters())));
  }
}
