package io.snapper.edge.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The error page of status 401: both servers refuse a bad token before any of our code runs, with a
 * page for people and without the header that says what is needed.
 */
@WebServlet(urlPatterns = UnauthorizedServlet.PATH, asyncSupported = true)
public class UnauthorizedServlet extends HttpServlet {
  /** What the descriptor names as the error page. */
  static final String PATH = "/unauthorized";

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletProblems.write(response, Problems.unauthorized());
  }
}
