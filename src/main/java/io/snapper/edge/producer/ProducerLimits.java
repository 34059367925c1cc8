package io.snapper.edge.producer;

import io.snapper.config.ProducerSettings;
import java.time.Duration;

/**
 * How much and how long the edge waits for producers.
 *
 * @param authTimeout how long a new connection may take to authenticate
 * @param frameTimeout how long the rest of a frame may take, once it began
 * @param authFrameBytes the longest frame before authentication
 * @param frameBytes the longest frame after it
 * @param heldBytes how much of one connection may be read and not yet done before reading pauses
 * @param stopTimeout how long stopping waits for what was read
 */
record ProducerLimits(
    Duration authTimeout,
    Duration frameTimeout,
    int authFrameBytes,
    int frameBytes,
    long heldBytes,
    Duration stopTimeout) {

  private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  static ProducerLimits of(ProducerSettings settings) {
    return new ProducerLimits(
        settings.authTimeout(),
        FRAME_TIMEOUT,
        settings.authFrameLimit().intBytes(),
        settings.frameLimit().intBytes(),
        settings.heldLimit().bytes(),
        STOP_TIMEOUT);
  }
}
