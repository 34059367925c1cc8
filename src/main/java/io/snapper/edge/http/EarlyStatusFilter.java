package io.snapper.edge.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Sets the status 200 before anything can answer on another thread, so that this other status
 * stays.
 *
 * <p>Payara reads a response's status when the servlet has returned, to tell its probes, also if
 * the answer is still to come. In Grizzly ({@code HttpResponsePacket.getHttpStatus}) reading one
 * that has never been set sets it: if another thread sets 400 in between, the answer goes out with
 * 200 and the body of a refusal. Once set, reading does not write.
 */
@WebFilter(filterName = "early-status", urlPatterns = "/*", asyncSupported = true)
public class EarlyStatusFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setStatus(HttpServletResponse.SC_OK);
    chain.doFilter(request, response);
  }
}
