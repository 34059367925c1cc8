package io.snapper.edge.producer;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;

/** Takes one token for valid. */
final class FakeTokens implements TokenVerifier {
  static final String VALID = "valid.token.here";

  @Override
  public ConsumerIdentity verifyConsumer(String token) {
    throw new UnsupportedOperationException("producers only");
  }

  @Override
  public ProducerIdentity verifyProducer(String token) {
    if (!VALID.equals(token)) {
      throw new SnapperException(ErrorCode.UNAUTHORIZED, "the token is not valid");
    }
    return new ProducerIdentity("backend-1", 4_000_000_000L);
  }

  @Override
  public String verifyStatistics(String token) {
    throw new UnsupportedOperationException("producers only");
  }
}
