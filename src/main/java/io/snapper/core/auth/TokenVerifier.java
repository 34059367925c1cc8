package io.snapper.core.auth;

import io.snapper.core.error.SnapperException;

/**
 * Checks tokens. Each method throws {@link SnapperException} with {@code UNAUTHORIZED} for a token
 * that is missing, malformed, forged, expired or of another purpose; its text holds neither the
 * token nor a secret. Every poll is checked, so it is fast: no I/O, no lock. For any thread.
 */
public interface TokenVerifier {
  /**
   * Returns who a consumer's token (claims {@code userId}, {@code exp}, perhaps {@code source})
   * speaks for.
   *
   * @param token may be {@code null}: missing
   */
  ConsumerIdentity verifyConsumer(String token);

  /**
   * Returns who a producer's token (claims {@code id}, {@code exp}) speaks for. A token with a
   * {@code userId} is a consumer's, whatever else it claims, and never a producer's.
   *
   * @param token may be {@code null}: missing
   */
  ProducerIdentity verifyProducer(String token);

  /**
   * Returns the claim {@code name} of a valid token: {@link TokenIssuer#STATISTICS_NAME} may read
   * the statistics. Empty if the token is valid but has no such claim, or is a consumer's.
   *
   * @param token may be {@code null}: missing
   */
  String verifyStatistics(String token);
}
