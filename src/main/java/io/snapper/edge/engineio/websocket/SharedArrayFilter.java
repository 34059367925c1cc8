package io.snapper.edge.engineio.websocket;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;

/**
 * Has the long frames of all WebSockets written from a few arrays instead of one each.
 *
 * <p>Grizzly, the network layer of Payara, keeps for each connection the last array of more than 8
 * KiB that was written to it: after a batch of 64 KiB as much for every consumer, and after one
 * long message to everybody the message once for each of them, for as long as they are connected.
 * Tyrus upgrades by {@link HttpServletRequest#upgrade}, so there the output can be put in between.
 * Undertow, which keeps nothing, has a way of its own, and isn't touched.
 */
@WebFilter(urlPatterns = "/websocket/*", asyncSupported = true)
public final class SharedArrayFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isUpgrade = request.getHeader("Upgrade") != null;
    chain.doFilter(isUpgrade ? new UpgradingRequest(request) : request, response);
  }

  private static final class UpgradingRequest extends HttpServletRequestWrapper {
    UpgradingRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass)
        throws IOException, ServletException {
      T handler;
      try {
        handler = handlerClass.getConstructor().newInstance();
      } catch (ReflectiveOperationException failure) {
        throw new ServletException(handlerClass + " can't be created", failure);
      }
      super.upgrade(SharedArrayUpgrade.class).standFor(handler);
      return handler;
    }
  }
}
