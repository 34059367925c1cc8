package io.snapper.edge.engineio.websocket;

import io.snapper.edge.engineio.EngineIoEdge;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Puts the WebSocket endpoint into the container, before any socket opens. The endpoint is
 * programmatic: an annotated one costs a reflective call for each frame.
 */
@WebListener
public final class WebSocketDeployment implements ServletContextListener {
  private static final List<String> PATHS = List.of("/websocket/", "/websocket");

  private static final int MAX_HEADER_BYTES = 14;

  private final EngineIoEdge edge;

  /** Creates the listener. */
  @Inject
  public WebSocketDeployment(EngineIoEdge edge) {
    this.edge = edge;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Object attribute = event.getServletContext().getAttribute(ServerContainer.class.getName());
    if (!(attribute instanceof ServerContainer container)) {
      throw new IllegalStateException("The server offers no WebSocket container");
    }
    TyrusTimerRemoval.apply(container);
    // As much as Tyrus keeps of a frame that has not come whole: the limit and the frame's header.
    event
        .getServletContext()
        .setInitParameter(
            "org.glassfish.tyrus.servlet.incoming-buffer-size",
            String.valueOf(edge.settings().frameLimit().intBytes() + MAX_HEADER_BYTES));
    for (String path : PATHS) {
      try {
        container.addEndpoint(
            ServerEndpointConfig.Builder.create(EngineIoEndpoint.class, path)
                .configurator(new EndpointFactory(edge))
                .build());
      } catch (DeploymentException failure) {
        throw new IllegalStateException(
            "The WebSocket endpoint " + path + " can't be deployed", failure);
      }
    }
  }

  private static final class EndpointFactory extends ServerEndpointConfig.Configurator {
    private final EngineIoEdge edge;

    EndpointFactory(EngineIoEdge edge) {
      this.edge = edge;
    }

    /** The filter has checked the origin. */
    @Override
    public boolean checkOrigin(String origin) {
      return true;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
      Endpoint endpoint = new EngineIoEndpoint(edge);
      return endpointClass.cast(endpoint);
    }
  }
}
