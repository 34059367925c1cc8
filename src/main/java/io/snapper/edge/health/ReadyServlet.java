package io.snapper.edge.health;

import io.snapper.core.NodeControl;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code GET /ready}: 200 when this node serves, else 503 with what keeps it from it. */
@WebServlet("/ready")
public class ReadyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient NodeControl node;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<String> obstacles = node.status().obstacles();
    JsonArrayBuilder list = Json.createArrayBuilder();
    obstacles.forEach(list::add);
    HealthAnswers.write(response, obstacles.isEmpty(), list.build());
  }
}
