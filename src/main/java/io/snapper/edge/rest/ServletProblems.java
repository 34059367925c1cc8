package io.snapper.edge.rest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes problems where JAX-RS has not begun. */
final class ServletProblems {
  private ServletProblems() {}

  static void write(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", Problems.CHALLENGE);
    }
    response.getOutputStream().write(problem.toJson().toString().getBytes(StandardCharsets.UTF_8));
  }
}
