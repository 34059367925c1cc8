package io.snapper.edge.demo;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page at {@code /}: the demo while it is on, else what this server is. */
@WebServlet(name = "root", urlPatterns = "")
public class RootServlet extends HttpServlet {
  static final String DEMO_PAGE = "/demo/index.html";

  private static final long serialVersionUID = 1L;
  private static final String ABOUT_PAGE = "/about.html";

  @Inject private transient DemoEdge edge;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    PageHeaders.set(response);
    request
        .getRequestDispatcher(edge.isEnabled() ? DEMO_PAGE : ABOUT_PAGE)
        .forward(request, response);
  }
}
