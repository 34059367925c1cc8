package io.snapper.edge.engineio;

import io.snapper.core.Scheduler;
import io.snapper.core.error.CloseReason;
import io.snapper.protocol.engineio.EngineIoPacket;
import io.snapper.protocol.engineio.EngineIoPacketType;
import java.util.List;

/**
 * The change of a session from polling to a WebSocket. The client probes the WebSocket, stops
 * polling when the probe is answered, and says {@code upgrade}; until then polling carries
 * everything. Since the client can't stop while a poll waits, a waiting poll is answered with a
 * noop every 100 ms from the probe on. If anything else happens, only the WebSocket is closed.
 */
final class TransportUpgrade {
  /** How long the client may take, as in engine.io's server. */
  static final long TIMEOUT_MS = 10_000;

  private static final long RELEASE_INTERVAL_MS = 100;
  private static final String PROBE = "probe";
  private static final String PROBE_ANSWER = "3probe";

  private final EngineIoConnection connection;
  private final PacketTransport candidate;
  private final Scheduler scheduler;
  // Guarded by the connection's lock, except isProbed, which only the candidate's reader touches.
  private boolean isCandidateWritable;
  private boolean isProbed;

  TransportUpgrade(EngineIoConnection connection, PacketTransport candidate, Scheduler scheduler) {
    this.connection = connection;
    this.candidate = candidate;
    this.scheduler = scheduler;
  }

  void begin() {
    scheduler.schedule(TIMEOUT_MS, () -> abandon(candidate));
  }

  PacketTransport candidate() {
    return candidate;
  }

  /** Called with the connection's lock held. */
  boolean isCandidateWritable() {
    return isCandidateWritable;
  }

  /** Called with the connection's lock held. */
  void onWritable(PacketTransport from) {
    if (from == candidate) {
      isCandidateWritable = true;
    }
  }

  void onPacket(PacketTransport from, EngineIoPacket packet) {
    if (from != candidate) {
      return;
    }
    if (packet.type() == EngineIoPacketType.PING && PROBE.equals(packet.text()) && !isProbed) {
      isProbed = true;
      candidate.write(List.of(PROBE_ANSWER));
      releasePollLater();
    } else if (packet.type() == EngineIoPacketType.UPGRADE && isProbed) {
      connection.completeUpgrade(this);
    } else {
      abandon(from);
    }
  }

  /** Gives up; the session stays where it is. */
  void abandon(PacketTransport from) {
    if (from == candidate && connection.cancelUpgrade(this)) {
      candidate.close(CloseReason.PROTOCOL_VIOLATION);
    }
  }

  private void releasePollLater() {
    scheduler.schedule(
        RELEASE_INTERVAL_MS,
        () -> {
          if (connection.releasePoll(this)) {
            releasePollLater();
          }
        });
  }
}
