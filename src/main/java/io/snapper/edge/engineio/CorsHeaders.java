package io.snapper.edge.engineio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The headers that let pages of other hosts poll. Browsers' engine.io-client sends cookies along,
 * and then a browser takes an answer only if it names the page's origin and allows credentials.
 * That gives nothing away: authority comes from the token in the query, never from a cookie.
 */
final class CorsHeaders {
  private static final String ONE_DAY_SECONDS = "86400";

  private CorsHeaders() {}

  /** Adds what every answer needs. */
  static void add(HttpServletResponse response, String origin) {
    if (origin == null) {
      response.setHeader("Access-Control-Allow-Origin", "*");
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.addHeader("Vary", "Origin");
  }

  /** Answers the question that a browser asks before a request that isn't simple. */
  static void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
    String asked = request.getHeader("Access-Control-Request-Headers");
    response.setHeader("Access-Control-Allow-Headers", asked == null ? "Content-Type" : asked);
    response.setHeader("Access-Control-Max-Age", ONE_DAY_SECONDS);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
