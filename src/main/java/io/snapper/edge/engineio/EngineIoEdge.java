package io.snapper.edge.engineio;

import io.snapper.config.ConsumerSettings;
import io.snapper.config.Transport;
import io.snapper.core.Broker;
import io.snapper.core.Scheduler;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.protocol.engineio.EngineIoLimits;
import io.snapper.protocol.engineio.EngineIoTransport;
import io.snapper.protocol.engineio.OpenPacket;
import io.snapper.protocol.jsonrpc.JsonRpcLimits;
import io.snapper.protocol.jsonrpc.JsonRpcParser;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * What filter, servlet and WebSocket endpoint share: admission and the sessions of this node.
 * Thread safe.
 */
public final class EngineIoEdge {
  private final ConsumerSettings settings;
  private final SessionConnector connector;
  private final Scheduler scheduler;
  private final Executor workers;
  private final LongSupplier nanoTime;
  private final EngineIoSessions sessions = new EngineIoSessions();
  private final Admission admission;
  private final JsonRpcParser parser;
  private final EngineIoLimits payloadLimits;

  /**
   * Creates the edge.
   *
   * @param scheduler for the steps of an upgrade
   * @param workers for calls to the container that may wait, or must not come from one of its own
   *     threads while that serves another request: closing a WebSocket, ending a poll
   */
  public EngineIoEdge(
      Broker broker,
      TokenVerifier tokens,
      ConsumerSettings settings,
      Scheduler scheduler,
      Executor workers) {
    this(SessionConnector.of(broker), tokens, settings, scheduler, workers, System::nanoTime);
  }

  EngineIoEdge(
      SessionConnector connector,
      TokenVerifier tokens,
      ConsumerSettings settings,
      Scheduler scheduler,
      Executor workers,
      LongSupplier nanoTime) {
    this.connector = connector;
    this.settings = settings;
    this.scheduler = scheduler;
    this.workers = workers;
    this.nanoTime = nanoTime;
    this.admission = new Admission(tokens, sessions, settings, connector::takesConsumers);
    this.parser = new JsonRpcParser(JsonRpcLimits.ofLength(settings.frameLimit().intBytes()));
    this.payloadLimits = EngineIoLimits.ofPayload(settings.frameLimit().intBytes());
  }

  /**
   * Admits a request.
   *
   * @throws RefusedException with the answer, if it must not go on
   */
  public Admitted admit(RequestFacts request) throws RefusedException {
    return admission.admit(request);
  }

  /** Returns a session that {@link EngineIoConnection#start} begins. */
  public EngineIoConnection newSession(Admitted handshake) {
    return new EngineIoConnection(this, handshake);
  }

  public ConsumerSettings settings() {
    return settings;
  }

  public EngineIoLimits payloadLimits() {
    return payloadLimits;
  }

  /** Runs a call to the container that a lane or a container's thread must not make itself. */
  public void runOnWorker(Runnable call) {
    try {
      workers.execute(call);
    } catch (RejectedExecutionException stopping) {
      // The node ends and its threads with it: the caller's own is as good now.
      call.run();
    }
  }

  /** Returns the number of open sessions of this node that began with polling. */
  public int pollingSessions() {
    return sessions.size();
  }

  /** Returns after how long without a packet a peer is dead. */
  public long silenceLimitMs() {
    return settings.pingInterval().plus(settings.pingTimeout()).toMillis();
  }

  SessionConnector connector() {
    return connector;
  }

  /** Returns what runs things later; they must be short. */
  public Scheduler scheduler() {
    return scheduler;
  }

  EngineIoSessions sessions() {
    return sessions;
  }

  JsonRpcParser parser() {
    return parser;
  }

  long nowNanos() {
    return nanoTime.getAsLong();
  }

  /** Returns the packet that tells a client its session. */
  String openPacket(EngineIoConnection connection) {
    EngineIoTransport transport = connection.transportKind();
    boolean isUpgradable =
        transport == EngineIoTransport.POLLING
            && settings.transports().contains(Transport.WEBSOCKET);
    OpenPacket open =
        new OpenPacket(
            connection.sid(),
            isUpgradable ? List.of(EngineIoTransport.WEBSOCKET) : List.of(),
            settings.pingInterval().toMillis(),
            settings.pingTimeout().toMillis(),
            settings.frameLimit().intBytes());
    return connection.revision().encodeText(open.toPacket(connection.revision()));
  }
}
