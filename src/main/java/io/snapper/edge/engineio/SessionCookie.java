package io.snapper.edge.engineio;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import java.util.Optional;

/**
 * The cookie that remembers a browser's consumerId, so that a login of the same user anew lets go
 * of the old mailbox. It grants nothing.
 *
 * <p>Pages of other hosts are the normal case, and a browser keeps and sends their cookie only with
 * {@code SameSite=None}, which it takes only over TLS. Without TLS the attribute is left out: then
 * it works for pages of the same site. Old clients never read it by script.
 */
public final class SessionCookie {
  /** The cookie's name. */
  public static final String NAME = "snapper.ws";

  private SessionCookie() {}

  /** Returns the header {@code Set-Cookie} for a session of a browser that speaks TLS or not. */
  public static String header(ConsumerId consumer, boolean isOverTls) {
    String cookie = NAME + "=" + consumer + "; Path=/; HttpOnly";
    return isOverTls ? cookie + "; Secure; SameSite=None" : cookie;
  }

  /**
   * Returns the mailbox that a cookie's value names, unless it is the consumer's own or no name.
   */
  static Optional<ConsumerId> previous(String value, ConsumerId own) {
    if (value == null || value.isEmpty() || value.equals(own.value())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ConsumerId(value));
    } catch (SnapperException noName) {
      return Optional.empty();
    }
  }
}
