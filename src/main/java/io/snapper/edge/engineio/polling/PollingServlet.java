package io.snapper.edge.engineio.polling;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.Admitted;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.EngineIoEdge;
import io.snapper.edge.engineio.Refusal;
import io.snapper.protocol.engineio.EngineIoError;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The HTTP end of Engine.IO: a GET is a poll, or a handshake, whose answer is the first poll's; a
 * POST brings packets. The filter before it has admitted the request.
 */
@WebServlet(urlPatterns = "/websocket/*", asyncSupported = true)
public final class PollingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient EngineIoEdge edge;

  /** Creates the servlet. */
  @Inject
  public PollingServlet(EngineIoEdge edge) {
    this.edge = edge;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!(request.getUserPrincipal() instanceof Admitted admitted)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (admitted.session().isEmpty()) {
      handshake(request, admitted);
      return;
    }
    EngineIoConnection connection = admitted.session().get();
    if (!(connection.transport() instanceof PollingTransport transport)) {
      // It has changed to a WebSocket since the filter looked.
      AsyncExchange.begin(request, edge, 0, () -> true, () -> {})
          .answer(Answer.of(Refusal.of(EngineIoError.BAD_REQUEST)), () -> {});
    } else if (request.getMethod().equals("POST")) {
      post(request, transport);
    } else {
      transport.onPoll(begin(request, connection, transport));
    }
  }

  private void handshake(HttpServletRequest request, Admitted admitted) {
    EngineIoConnection connection = edge.newSession(admitted);
    PollingTransport transport = new PollingTransport(connection, edge.payloadLimits());
    connection.attach(transport);
    transport.onPoll(begin(request, connection, transport));
    connection.start();
  }

  private AsyncExchange begin(
      HttpServletRequest request, EngineIoConnection connection, PollingTransport transport) {
    return AsyncExchange.begin(
        request,
        edge,
        0,
        transport::isOver,
        () -> connection.onTransportClosed(transport, CloseReason.CLIENT_GONE));
  }

  private void post(HttpServletRequest request, PollingTransport transport) throws IOException {
    int limitBytes = edge.settings().frameLimit().intBytes();
    String contentType = request.getContentType();
    boolean isBinary = contentType != null && contentType.startsWith("application/octet-stream");
    // A client that takes longer for a body would be taken for dead anyway.
    AsyncExchange exchange =
        AsyncExchange.begin(
            request, edge, edge.silenceLimitMs(), transport::isOver, transport::onPostFailed);
    if (!transport.beginPost()) {
      exchange.answer(Answer.of(Refusal.of(EngineIoError.BAD_REQUEST)), () -> {});
      return;
    }
    if (request.getContentLengthLong() > limitBytes) {
      exchange.answer(transport.onPostTooLarge(), () -> {});
      return;
    }
    request
        .getInputStream()
        .setReadListener(
            new BodyReader(
                request.getInputStream(),
                limitBytes,
                new PostOutcome(exchange, transport, isBinary)));
  }

  private record PostOutcome(AsyncExchange exchange, PollingTransport transport, boolean isBinary)
      implements BodyReader.Outcome {
    @Override
    public void onBody(byte[] body) {
      exchange.answer(transport.onPost(body, isBinary), transport::onPostFailed);
    }

    @Override
    public void onTooLarge() {
      exchange.answer(transport.onPostTooLarge(), () -> {});
    }

    @Override
    public void onBroken() {
      transport.onPostFailed();
      exchange.answer(Answer.of(Refusal.of(EngineIoError.BAD_REQUEST)), () -> {});
    }
  }
}
