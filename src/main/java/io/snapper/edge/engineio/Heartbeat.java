package io.snapper.edge.engineio;

import io.snapper.protocol.engineio.EngineIoRevision;

/**
 * Whether a peer is alive, and when a ping is due: in revision 3 the client pings, in revision 4
 * the server does. Every packet of the peer counts as a sign of life. {@link #onPacket} may be
 * called on any thread, {@link #restart} on the one that opens the session, the rest on the lane's;
 * pings are taken only after the opening has been published to it.
 */
final class Heartbeat {
  private final long pingIntervalNanos;
  private final long silenceLimitNanos;
  private final boolean isPingedByServer;
  private volatile long heardAtNanos;
  private long pingedAtNanos;

  Heartbeat(EngineIoRevision revision, long intervalNanos, long timeoutNanos, long nowNanos) {
    this.pingIntervalNanos = intervalNanos;
    this.silenceLimitNanos = intervalNanos + timeoutNanos;
    this.isPingedByServer = revision.isPingedByServer();
    this.heardAtNanos = nowNanos;
    this.pingedAtNanos = nowNanos;
  }

  /** The session is open: only now the peer can ping, or be pinged. */
  void restart(long nowNanos) {
    heardAtNanos = nowNanos;
    pingedAtNanos = nowNanos;
  }

  void onPacket(long nowNanos) {
    heardAtNanos = nowNanos;
  }

  /** Returns whether the peer was silent for longer than interval and timeout together. */
  boolean isDead(long nowNanos) {
    return nowNanos - heardAtNanos > silenceLimitNanos;
  }

  /** Returns whether the server must ping now; if so, the next ping is due an interval later. */
  boolean takePing(long nowNanos) {
    if (!isPingedByServer || nowNanos - pingedAtNanos < pingIntervalNanos) {
      return false;
    }
    pingedAtNanos = nowNanos;
    return true;
  }

  /** Returns when a ping is due, or the peer dead if nothing comes from it until then. */
  long nextCheckNanos() {
    long deadAtNanos = heardAtNanos + silenceLimitNanos + 1;
    long pingAtNanos = pingedAtNanos + pingIntervalNanos;
    return isPingedByServer && pingAtNanos - deadAtNanos < 0 ? pingAtNanos : deadAtNanos;
  }
}
