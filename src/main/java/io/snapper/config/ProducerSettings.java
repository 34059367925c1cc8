package io.snapper.config;

import java.time.Duration;

/**
 * The TCP edge of producers.
 *
 * @param enabled whether it is opened
 * @param host the address it binds
 * @param port 0: any free one
 * @param authTimeout how long a new connection may take to authenticate
 * @param authFrameLimit the longest frame before authentication
 * @param frameLimit the longest frame after it
 * @param heldLimit how much of one connection may be taken in and not yet stored before it is no
 *     longer read
 */
public record ProducerSettings(
    boolean enabled,
    String host,
    int port,
    Duration authTimeout,
    DataSize authFrameLimit,
    DataSize frameLimit,
    DataSize heldLimit) {

  /** Returns the same with another port. */
  public ProducerSettings onPort(int other) {
    return new ProducerSettings(
        enabled, host, other, authTimeout, authFrameLimit, frameLimit, heldLimit);
  }

  static ProducerSettings read(SettingsReader reader) {
    ProducerSettings producer =
        new ProducerSettings(
            reader.read(Settings.PRODUCER_ENABLED),
            reader.read(Settings.PRODUCER_HOST),
            reader.read(Settings.PRODUCER_PORT),
            reader.read(Settings.PRODUCER_AUTH_TIMEOUT),
            reader.read(Settings.PRODUCER_AUTH_FRAME_LIMIT),
            reader.read(Settings.PRODUCER_FRAME_LIMIT),
            reader.read(Settings.PRODUCER_HELD_LIMIT));
    reader.check(
        producer.frameLimit().compareTo(producer.authFrameLimit()) >= 0,
        "the limit must not shrink with authentication",
        Settings.PRODUCER_FRAME_LIMIT,
        Settings.PRODUCER_AUTH_FRAME_LIMIT);
    reader.check(
        producer.frameLimit().compareTo(reader.read(Settings.MESSAGE_LIMIT)) >= 0,
        "a frame must have room for the longest message",
        Settings.PRODUCER_FRAME_LIMIT,
        Settings.MESSAGE_LIMIT);
    return producer;
  }
}
