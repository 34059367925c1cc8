package io.snapper.edge.health;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes what the two servlets answer. */
final class HealthAnswers {
  private HealthAnswers() {}

  static void write(HttpServletResponse response, boolean up, JsonArray obstacles)
      throws IOException {
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    String text =
        Json.createObjectBuilder()
            .add("status", up ? "UP" : "DOWN")
            .add("obstacles", obstacles)
            .build()
            .toString();
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
