package io.snapper.config;

import java.time.Duration;

/**
 * What holds for messages however they come in.
 *
 * @param messageLimit the longest message, in bytes of UTF-8
 * @param heldLimit how much the node may have taken in from all producers and not yet stored
 * @param idempotencyLife how long a retry with the same key is recognised
 * @param producerLife how long the last number of a producer is known in a room
 */
public record PublishSettings(
    DataSize messageLimit, DataSize heldLimit, Duration idempotencyLife, Duration producerLife) {

  static PublishSettings read(SettingsReader reader) {
    PublishSettings publish =
        new PublishSettings(
            reader.read(Settings.MESSAGE_LIMIT),
            reader.read(Settings.PUBLISH_HELD_LIMIT),
            reader.read(Settings.IDEMPOTENCY_LIFE),
            reader.read(Settings.PUBLISH_PRODUCER_LIFE));
    reader.check(
        publish.heldLimit().compareTo(reader.read(Settings.PRODUCER_HELD_LIMIT)) >= 0,
        "the node must be able to hold what one connection may hold",
        Settings.PUBLISH_HELD_LIMIT,
        Settings.PRODUCER_HELD_LIMIT);
    reader.check(
        publish.heldLimit().compareTo(publish.messageLimit()) >= 0,
        "the node must be able to hold the longest message",
        Settings.PUBLISH_HELD_LIMIT,
        Settings.MESSAGE_LIMIT);
    return publish;
  }
}
