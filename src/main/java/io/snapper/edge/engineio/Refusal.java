package io.snapper.edge.engineio;

import io.snapper.protocol.engineio.EngineIoError;

/**
 * An answer that ends a request before it has any effect.
 *
 * @param status the HTTP status
 * @param body JSON
 */
public record Refusal(int status, String body) {
  /** The page's origin may not connect; engine.io's code 4. */
  public static final Refusal FORBIDDEN =
      new Refusal(403, "{\"code\":4,\"message\":\"Forbidden\"}");

  /** The request asks for JSONP, which only browsers without XMLHttpRequest 2 ever needed. */
  public static final Refusal JSONP_NOT_SERVED =
      new Refusal(
          EngineIoError.HTTP_STATUS,
          "{\"code\":3,\"message\":\"JSONP polling is not served; use XHR polling or WebSocket\"}");

  /** The body is longer than {@code snapper.consumer.frame-limit}. */
  public static final Refusal TOO_LARGE =
      new Refusal(413, "{\"code\":3,\"message\":\"Payload too large\"}");

  /** After how many seconds a client that is sent away for now should come back. */
  public static final int RETRY_AFTER_SECONDS = 1;

  /** The broker can't open sessions now; with the header {@code Retry-After}. */
  public static final Refusal UNAVAILABLE =
      new Refusal(503, "{\"code\":3,\"message\":\"Service unavailable\"}");

  /** Returns whether the same request may succeed in a moment. */
  public static boolean isWorthRetrying(int status) {
    return status == UNAVAILABLE.status();
  }

  /** Returns the refusal with one of engine.io's errors. */
  public static Refusal of(EngineIoError error) {
    return new Refusal(EngineIoError.HTTP_STATUS, error.body());
  }
}
