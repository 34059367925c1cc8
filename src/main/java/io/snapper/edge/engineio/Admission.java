package io.snapper.edge.engineio;

import io.snapper.config.ConsumerSettings;
import io.snapper.config.Transport;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.SnapperException;
import io.snapper.protocol.engineio.EngineIoError;
import io.snapper.protocol.engineio.EngineIoProtocolException;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.protocol.engineio.EngineIoTransport;
import io.snapper.protocol.engineio.HandshakeQuery;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a request may go on, before anything happens for it: before the upgrade, before a
 * session, before a byte of the body is read.
 *
 * <p>The sid is no secret. A request for a session must bring a valid token of the same consumerId,
 * every time; otherwise it learns no more than for a sid that doesn't exist.
 */
final class Admission {
  private final TokenVerifier tokens;
  private final EngineIoSessions sessions;
  private final ConsumerSettings settings;
  private final BooleanSupplier takesConsumers;

  /**
   * An admission.
   *
   * @param takesConsumers whether sessions can begin now
   */
  Admission(
      TokenVerifier tokens,
      EngineIoSessions sessions,
      ConsumerSettings settings,
      BooleanSupplier takesConsumers) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.settings = settings;
    this.takesConsumers = takesConsumers;
  }

  /**
   * Admits a request.
   *
   * @throws RefusedException with the answer, if it must not go on
   */
  Admitted admit(RequestFacts request) throws RefusedException {
    if (!settings.allowsOrigin(request.origin())) {
      throw new RefusedException(Refusal.FORBIDDEN);
    }
    HandshakeQuery query = parse(request.query());
    refuseIf(query.fault(request.method(), request.isUpgrade()));
    EngineIoTransport transport = query.transport().orElseThrow();
    if (!isServed(transport)) {
      throw refused(EngineIoError.UNKNOWN_TRANSPORT);
    }
    if (transport == EngineIoTransport.POLLING && query.jsonpIndex().isPresent()) {
      throw new RefusedException(Refusal.JSONP_NOT_SERVED);
    }
    return query.sessionId().isPresent()
        ? admitToSession(query, request)
        : admitHandshake(query, request);
  }

  private Admitted admitHandshake(HandshakeQuery query, RequestFacts request)
      throws RefusedException {
    ConsumerIdentity identity = verify(query).orElseThrow(() -> refused(EngineIoError.BAD_REQUEST));
    if (!takesConsumers.getAsBoolean()) {
      throw new RefusedException(Refusal.UNAVAILABLE);
    }
    return new Admitted(
        identity,
        query.revision().orElseThrow(),
        SessionCookie.previous(request.cookie(), identity.consumer()),
        Optional.empty());
  }

  private Admitted admitToSession(HandshakeQuery query, RequestFacts request)
      throws RefusedException {
    EngineIoConnection session =
        sessions.find(query.sessionId().orElseThrow()).orElseThrow(this::unknownSession);
    ConsumerIdentity identity =
        verify(query)
            .filter(proven -> proven.consumer().equals(session.identity().consumer()))
            .orElseThrow(this::unknownSession);
    EngineIoRevision revision =
        query.revision().orElseThrow(() -> refused(EngineIoError.UNSUPPORTED_PROTOCOL_VERSION));
    if (revision != session.revision()) {
      throw refused(EngineIoError.BAD_REQUEST);
    }
    refuseIf(query.sessionFault(session.transportKind(), request.isUpgrade()));
    boolean isServedMethod = request.method().equals("GET") || request.method().equals("POST");
    if (!isServedMethod) {
      throw refused(EngineIoError.BAD_REQUEST);
    }
    return new Admitted(identity, revision, Optional.empty(), Optional.of(session));
  }

  /**
   * A session that a node doesn't know while it takes no consumers may be at another one, to which
   * a proxy sent the handshake when this one refused it: it does the same with what follows.
   */
  private RefusedException unknownSession() {
    return takesConsumers.getAsBoolean()
        ? refused(EngineIoError.UNKNOWN_SESSION)
        : new RefusedException(Refusal.UNAVAILABLE);
  }

  private Optional<ConsumerIdentity> verify(HandshakeQuery query) {
    try {
      return Optional.of(tokens.verifyConsumer(query.token().orElse(null)));
    } catch (SnapperException unauthorized) {
      return Optional.empty();
    }
  }

  private boolean isServed(EngineIoTransport transport) {
    return settings
        .transports()
        .contains(transport == EngineIoTransport.POLLING ? Transport.POLLING : Transport.WEBSOCKET);
  }

  private static HandshakeQuery parse(String query) throws RefusedException {
    try {
      return HandshakeQuery.parse(query);
    } catch (EngineIoProtocolException malformed) {
      throw refused(EngineIoError.BAD_REQUEST);
    }
  }

  private static void refuseIf(Optional<EngineIoError> fault) throws RefusedException {
    if (fault.isPresent()) {
      throw refused(fault.get());
    }
  }

  private static RefusedException refused(EngineIoError error) {
    return new RefusedException(Refusal.of(error));
  }
}
