package io.snapper.edge.demo;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sets the headers of everything that belongs to the page, and hides it while the demo is off. */
@WebFilter(
    filterName = "demo-page",
    urlPatterns = {"/demo/*", "/vendor/*", "/about.html", "/about.css", "/favicon.svg"},
    asyncSupported = true)
public class PageFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String DEMO = "/demo";

  @Inject private transient DemoEdge edge;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    PageHeaders.set(response);
    String rest = request.getPathInfo();
    String path = rest == null ? request.getServletPath() : request.getServletPath() + rest;
    boolean isDemo = path.startsWith(DEMO);
    if (isDemo && !edge.isEnabled()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().println("The demo is off: snapper.demo.enabled is not true.");
    } else if (path.equals(DEMO) || path.equals(DEMO + "/") || path.equals(RootServlet.DEMO_PAGE)) {
      // The page's addresses are relative to the root, where RootServlet shows it.
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader("Location", request.getContextPath() + "/");
    } else {
      chain.doFilter(request, response);
    }
  }
}
