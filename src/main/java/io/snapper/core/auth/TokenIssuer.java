package io.snapper.core.auth;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.UserId;

/**
 * Makes tokens that a {@link TokenVerifier} with the same secrets accepts, on this and every other
 * node. Times are in seconds since 1970. For any thread.
 */
public interface TokenIssuer {
  /** The claim {@code name} of a token that may read the statistics. */
  String STATISTICS_NAME = "snapper";

  /** Returns a token for one device of a user. */
  String issueConsumer(UserId user, DeviceKind device, long expiresAtEpochSecond);

  /**
   * Returns a token for a producer that connects by TCP.
   *
   * @throws SnapperException with {@code INVALID_ARGUMENT} if the name is empty, over 256
   *     characters or has control characters
   */
  String issueProducer(String name, long expiresAtEpochSecond);

  /** Returns a token that may read the statistics. */
  String issueStatistics(long expiresAtEpochSecond);
}
