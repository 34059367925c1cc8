package io.snapper.edge.health;

import io.snapper.core.NodeControl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Up when nothing keeps this node from serving; its data are the obstacles. */
@ApplicationScoped
@org.eclipse.microprofile.health.Readiness
public class Readiness implements HealthCheck {
  private final NodeControl node;

  /** For the container's proxy. */
  Readiness() {
    this(null);
  }

  @Inject
  public Readiness(NodeControl node) {
    this.node = node;
  }

  @Override
  public HealthCheckResponse call() {
    List<String> obstacles = node.status().obstacles();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("snapper-ready").status(obstacles.isEmpty());
    for (int index = 0; index < obstacles.size(); index++) {
      response.withData("obstacle" + (index + 1), obstacles.get(index));
    }
    return response.build();
  }
}
