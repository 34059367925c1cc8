package io.snapper.edge.engineio;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.protocol.engineio.EngineIoPacket;
import io.snapper.protocol.engineio.EngineIoProtocolException;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * An Engine.IO session: packets, heartbeat, JSON-RPC, whatever the transport.
 *
 * <p>Calls come from the lane, from the container's threads and from the scheduler. One lock guards
 * the outgoing packets and which transport carries them; it is never held during a call to a
 * transport, the engine or the JSON-RPC. There is one write at a time: whoever finds the transport
 * writable takes all that waits.
 */
public final class EngineIoConnection implements ConsumerConnection {
  private static final String PONG = "3";
  private static final String NOOP = "6";
  private static final String PING = "2";

  /** How far the session has come. */
  private enum Phase {
    /** The engine connects it; packets wait. */
    CONNECTING,
    OPEN,
    CLOSED
  }

  private final EngineIoEdge edge;
  private final ConsumerIdentity identity;
  private final EngineIoRevision revision;
  private final Optional<ConsumerId> previous;
  private final ConsumerRpc rpc;
  private final Heartbeat heartbeat;

  private final Object lock = new Object();
  // Written with the lock held.
  private final OutgoingPackets outgoing;
  private boolean isWritable;
  private ConsumerSession session;
  private CompletableFuture<ConsumerSession> connecting;
  private TransportUpgrade upgrade;
  private volatile Phase phase = Phase.CONNECTING;
  private volatile PacketTransport transport;

  EngineIoConnection(EngineIoEdge edge, Admitted handshake) {
    this.edge = edge;
    this.identity = handshake.identity();
    this.revision = handshake.revision();
    this.previous = handshake.previous();
    this.rpc = new ConsumerRpc(edge.parser(), this::send);
    this.outgoing = new OutgoingPackets(edge.settings().pollingHeldLimit().intBytes());
    this.heartbeat =
        new Heartbeat(
            revision,
            edge.settings().pingInterval().toNanos(),
            edge.settings().pingTimeout().toNanos(),
            edge.nowNanos());
  }

  public ConsumerIdentity identity() {
    return identity;
  }

  public EngineIoRevision revision() {
    return revision;
  }

  /** Returns the session's id, which is the consumer's. */
  public String sid() {
    return identity.consumer().value();
  }

  /** Returns what carries the packets now. */
  public PacketTransport transport() {
    return transport;
  }

  EngineIoTransport transportKind() {
    return transport.kind();
  }

  /** Returns whether the session is over. */
  public boolean isClosed() {
    return phase == Phase.CLOSED;
  }

  /** Says what carries the session's packets. Called once, before anything else. */
  public void attach(PacketTransport first) {
    transport = Objects.requireNonNull(first, "first");
  }

  /** Connects the session to the engine; the open packet follows. Called once. */
  public void start() {
    CompletableFuture<ConsumerSession> opening =
        edge.connector().connect(identity, this, previous).toCompletableFuture();
    synchronized (lock) {
      connecting = opening;
    }
    opening.whenComplete(
        (opened, failure) -> {
          if (failure == null) {
            onConnected(opened);
          } else {
            close(CloseReason.UNAVAILABLE);
          }
        });
    if (isClosed()) {
      opening.cancel(false);
    }
  }

  private void onConnected(ConsumerSession opened) {
    rpc.begin(opened);
    synchronized (lock) {
      session = opened;
      if (phase == Phase.CONNECTING) {
        // Whoever learns the sid from the open packet must find the session.
        edge.sessions().add(this);
        outgoing.addFirst(edge.openPacket(this));
        heartbeat.restart(edge.nowNanos());
        phase = Phase.OPEN;
      }
    }
    if (isClosed()) {
      opened.disconnected(CloseReason.CLIENT_GONE);
    } else {
      flush();
    }
  }

  @Override
  public void deliver(Batch batch) {
    String packet = rpc.delivery(batch);
    synchronized (lock) {
      if (phase != Phase.CLOSED) {
        outgoing.addBatch(batch.id(), packet);
      }
    }
    flush();
  }

  @Override
  public void notifyGap(GapNotice notice) {
    send(ConsumerRpc.gap(notice));
  }

  @Override
  public OptionalLong checkHeartbeat(long nowNanos) {
    if (heartbeat.isDead(nowNanos)) {
      return OptionalLong.empty();
    }
    if (phase != Phase.OPEN) {
      return OptionalLong.of(nowNanos);
    }
    if (heartbeat.takePing(nowNanos)) {
      send(PING);
    }
    return OptionalLong.of(heartbeat.nextCheckNanos());
  }

  @Override
  public void close(CloseReason reason) {
    finish(reason);
  }

  /** Ends the session from this side and tells the engine. */
  public void end(CloseReason reason) {
    if (finish(reason)) {
      ConsumerSession told;
      CompletableFuture<ConsumerSession> abandoned;
      synchronized (lock) {
        told = session;
        abandoned = connecting;
      }
      if (told != null) {
        told.disconnected(reason);
      } else if (abandoned != null) {
        // It may wait for its turn for long; others are due.
        abandoned.cancel(false);
      }
    }
  }

  /** The transport can take packets: it has handed over the last ones, or a poll has come. */
  public void onWritable(PacketTransport from) {
    synchronized (lock) {
      if (from != transport) {
        if (upgrade != null) {
          upgrade.onWritable(from);
        }
        return;
      }
      isWritable = true;
    }
    flush();
  }

  /** A transport has ended on its own. */
  public void onTransportClosed(PacketTransport from, CloseReason reason) {
    if (from == transport) {
      end(reason);
      return;
    }
    TransportUpgrade running = upgrade();
    if (running != null) {
      running.abandon(from);
    }
  }

  /** A text frame or a packet of a text payload has come. */
  public void onText(PacketTransport from, String packet) {
    if (from == transport) {
      heartbeat.onPacket(edge.nowNanos());
      if (isClosed() || rpc.takeAcknowledgement(packet)) {
        return;
      }
    }
    try {
      onPacket(from, revision.decodeText(packet));
    } catch (EngineIoProtocolException malformed) {
      onMalformed(from);
    }
  }

  /** A binary frame has come; whatever it is, the answer doesn't depend on it. */
  public void onBinary(PacketTransport from) {
    if (from != transport) {
      onMalformed(from);
    } else if (!isClosed()) {
      heartbeat.onPacket(edge.nowNanos());
      rpc.onBinaryMessage();
    }
  }

  /** A packet has come. */
  public void onPacket(PacketTransport from, EngineIoPacket packet) {
    if (isClosed()) {
      return;
    }
    if (from != transport) {
      TransportUpgrade running = upgrade();
      if (running != null) {
        running.onPacket(from, packet);
      }
      return;
    }
    heartbeat.onPacket(edge.nowNanos());
    switch (packet.type()) {
      case PING -> onPing(packet);
      case MESSAGE -> onMessage(packet);
      case CLOSE -> end(CloseReason.CLIENT_GONE);
      default -> {
        // A pong has done its work by coming; the others mean nothing here.
      }
    }
  }

  /** Something that isn't Engine.IO has come, or something over a limit. */
  public void onMalformed(PacketTransport from) {
    onTransportClosed(from, CloseReason.PROTOCOL_VIOLATION);
  }

  private void onPing(EngineIoPacket packet) {
    if (revision.isPingedByServer()) {
      end(CloseReason.PROTOCOL_VIOLATION);
    } else {
      send(packet.isBinary() ? PONG : PONG + packet.text());
    }
  }

  private void onMessage(EngineIoPacket packet) {
    if (packet.isBinary()) {
      rpc.onBinaryMessage();
    } else {
      rpc.onMessage(packet.text());
    }
  }

  /**
   * Lets a WebSocket apply for carrying the session.
   *
   * @return false if the session is over, already on a WebSocket, or about to change to one
   */
  public boolean offerUpgrade(PacketTransport candidate) {
    TransportUpgrade offered;
    synchronized (lock) {
      if (phase != Phase.OPEN
          || upgrade != null
          || transport.kind() == EngineIoTransport.WEBSOCKET) {
        return false;
      }
      offered = new TransportUpgrade(this, candidate, edge.scheduler());
      upgrade = offered;
    }
    offered.begin();
    return true;
  }

  private TransportUpgrade upgrade() {
    synchronized (lock) {
      return upgrade;
    }
  }

  /** The candidate carries the session from now on, unless the upgrade is over. */
  void completeUpgrade(TransportUpgrade completed) {
    PacketTransport old;
    synchronized (lock) {
      if (upgrade != completed || phase != Phase.OPEN) {
        return;
      }
      old = transport;
      transport = completed.candidate();
      isWritable = completed.isCandidateWritable();
      upgrade = null;
    }
    heartbeat.onPacket(edge.nowNanos());
    old.retire();
    flush();
  }

  /** Forgets an upgrade that has failed; returns false if it was over before. */
  boolean cancelUpgrade(TransportUpgrade failed) {
    synchronized (lock) {
      if (upgrade != failed) {
        return false;
      }
      upgrade = null;
      return true;
    }
  }

  /**
   * Answers a waiting poll, so that the client can stop polling; returns whether it still upgrades.
   */
  boolean releasePoll(TransportUpgrade running) {
    synchronized (lock) {
      if (upgrade != running || phase != Phase.OPEN) {
        return false;
      }
      if (isWritable && outgoing.isEmpty()) {
        outgoing.add(NOOP);
      }
    }
    flush();
    return true;
  }

  private void send(String packet) {
    boolean isTaken;
    synchronized (lock) {
      isTaken = phase == Phase.CLOSED || outgoing.add(packet);
    }
    if (isTaken) {
      flush();
    } else {
      end(CloseReason.PROTOCOL_VIOLATION);
    }
  }

  private void flush() {
    List<String> packets;
    PacketTransport target;
    synchronized (lock) {
      if (phase != Phase.OPEN || !isWritable || outgoing.isEmpty()) {
        return;
      }
      isWritable = false;
      packets = outgoing.drain();
      target = transport;
    }
    target.write(packets);
  }

  private boolean finish(CloseReason reason) {
    TransportUpgrade running;
    PacketTransport last;
    synchronized (lock) {
      if (phase == Phase.CLOSED) {
        return false;
      }
      phase = Phase.CLOSED;
      running = upgrade;
      upgrade = null;
      last = transport;
      outgoing.drain();
    }
    edge.sessions().remove(this);
    if (running != null) {
      running.candidate().close(reason);
    }
    last.close(reason);
    return true;
  }

  @Override
  public String toString() {
    return "EngineIoConnection[" + sid() + ", " + revision + ", " + phase + "]";
  }
}
