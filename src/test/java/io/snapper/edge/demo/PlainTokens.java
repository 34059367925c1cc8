package io.snapper.edge.demo;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.UserId;

/** Tokens that say in plain text whose they are. */
final class PlainTokens implements TokenIssuer, TokenVerifier {
  @Override
  public String issueConsumer(UserId user, DeviceKind device, long expiresAtEpochSecond) {
    return expiresAtEpochSecond + " " + user.value();
  }

  @Override
  public ConsumerIdentity verifyConsumer(String token) {
    int space = token.indexOf(' ');
    if (space < 0) {
      throw new SnapperException(ErrorCode.UNAUTHORIZED, "the token is not valid");
    }
    return ConsumerIdentity.of(
        new UserId(token.substring(space + 1)),
        DeviceKind.WEB,
        Long.parseLong(token.substring(0, space)));
  }

  @Override
  public String issueProducer(String name, long expiresAtEpochSecond) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String issueStatistics(long expiresAtEpochSecond) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ProducerIdentity verifyProducer(String token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String verifyStatistics(String token) {
    throw new UnsupportedOperationException();
  }
}
