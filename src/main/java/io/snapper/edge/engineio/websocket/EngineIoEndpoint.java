package io.snapper.edge.engineio.websocket;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.Admitted;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.EngineIoEdge;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/**
 * The WebSocket end of Engine.IO, one instance for each socket. Its methods may run on the
 * container's I/O threads: they hand on and never wait.
 */
public final class EngineIoEndpoint extends Endpoint {
  private static final Logger LOGGER = System.getLogger(EngineIoEndpoint.class.getName());

  private final EngineIoEdge edge;
  private volatile EngineIoConnection connection;
  private volatile WebSocketTransport transport;

  EngineIoEndpoint(EngineIoEdge edge) {
    this.edge = edge;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    if (!(session.getUserPrincipal() instanceof Admitted admitted)) {
      // Only a handshake that has gone around the filter has no such principal.
      new SessionLink(session, edge).close(CloseReason.PROTOCOL_VIOLATION);
      return;
    }
    int frameLimit = edge.settings().frameLimit().intBytes();
    session.setMaxIdleTimeout(0);
    session.setMaxTextMessageBufferSize(frameLimit);
    session.setMaxBinaryMessageBufferSize(frameLimit);
    EngineIoConnection owner = admitted.session().orElseGet(() -> edge.newSession(admitted));
    WebSocketTransport carrier = new WebSocketTransport(new SessionLink(session, edge), owner);
    connection = owner;
    transport = carrier;
    session.addMessageHandler(String.class, new TextFrames(owner, carrier, frameLimit));
    session.addMessageHandler(
        ByteBuffer.class,
        (MessageHandler.Partial<ByteBuffer>)
            (part, isLast) -> {
              // What is in it doesn't matter, so nothing of it is kept.
              if (isLast) {
                owner.onBinary(carrier);
              }
            });
    if (admitted.session().isEmpty()) {
      owner.attach(carrier);
      owner.onWritable(carrier);
      owner.start();
    } else if (!owner.offerUpgrade(carrier)) {
      carrier.close(CloseReason.PROTOCOL_VIOLATION);
    }
  }

  @Override
  public void onClose(Session session, jakarta.websocket.CloseReason reason) {
    EngineIoConnection owner = connection;
    if (owner != null) {
      owner.onTransportClosed(transport, CloseReason.CLIENT_GONE);
    }
  }

  @Override
  public void onError(Session session, Throwable failure) {
    LOGGER.log(Level.DEBUG, () -> "The WebSocket of " + connection + " failed: " + failure);
    EngineIoConnection owner = connection;
    if (owner != null) {
      owner.onTransportClosed(transport, CloseReason.CLIENT_GONE);
    }
  }
}
