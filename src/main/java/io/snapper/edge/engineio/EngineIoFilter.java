package io.snapper.edge.engineio;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;

/**
 * Stands before both transports: refuses what may not go on, and hands on an {@link Admitted} as
 * the request's user principal. A WebSocket handshake is refused here, before the upgrade.
 */
@WebFilter(urlPatterns = "/websocket/*", asyncSupported = true)
public final class EngineIoFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient EngineIoEdge edge;

  /** Creates the filter. */
  @Inject
  public EngineIoFilter(EngineIoEdge edge) {
    this.edge = edge;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String subPath = request.getPathInfo();
    if (subPath != null && !subPath.equals("/")) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    String origin = request.getHeader("Origin");
    if (request.getMethod().equals("OPTIONS") && edge.settings().allowsOrigin(origin)) {
      CorsHeaders.add(response, origin);
      CorsHeaders.answerPreflight(request, response);
      return;
    }
    RequestFacts facts = factsOf(request, origin);
    Admitted admitted;
    try {
      admitted = edge.admit(facts);
    } catch (RefusedException refused) {
      if (refused.refusal() != Refusal.FORBIDDEN) {
        CorsHeaders.add(response, origin);
      }
      refuse(response, refused.refusal());
      return;
    }
    if (!facts.isUpgrade()) {
      // No browser looks for these with a WebSocket, and a server keeps them while it is open.
      CorsHeaders.add(response, origin);
    }
    if (admitted.session().isEmpty()) {
      response.addHeader(
          "Set-Cookie", SessionCookie.header(admitted.identity().consumer(), isOverTls(request)));
    }
    chain.doFilter(new AdmittedRequest(request, admitted), response);
  }

  /**
   * Whether the browser speaks TLS: with the server, or with a proxy, which says so. Who says it
   * untruly changes nothing but its own cookie.
   */
  private static boolean isOverTls(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }

  private static RequestFacts factsOf(HttpServletRequest request, String origin) {
    return new RequestFacts(
        request.getMethod(),
        request.getQueryString(),
        origin,
        cookieOf(request),
        "websocket".equalsIgnoreCase(request.getHeader("Upgrade")));
  }

  private static String cookieOf(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(SessionCookie.NAME)) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
    byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
    response.setStatus(refusal.status());
    if (Refusal.isWorthRetrying(refusal.status())) {
      response.setIntHeader("Retry-After", Refusal.RETRY_AFTER_SECONDS);
    }
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(body);
  }

  /**
   * The request without its query, which has been read: a server would keep further copies of it,
   * with the token, for as long as a WebSocket is open.
   */
  private static final class AdmittedRequest extends HttpServletRequestWrapper {
    private final Admitted admitted;

    AdmittedRequest(HttpServletRequest request, Admitted admitted) {
      super(request);
      this.admitted = admitted;
    }

    @Override
    public Principal getUserPrincipal() {
      return admitted;
    }

    @Override
    public String getQueryString() {
      return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }
  }
}
