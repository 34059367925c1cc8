package io.snapper.edge.producer;

import io.netty.channel.Channel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether a connection is read. It is not, while more is held than the limit (until half of
 * it is free again), while the broker refuses for the time being, while the producer doesn't read
 * its answers, and, at its beginning, while the whole node is overloaded.
 *
 * <p>A fast producer is paused many times a second in ordinary life, so only a pause that lasts is
 * worth a log line, and so is its end.
 */
final class ReadingGate {
  private static final Logger LOG = System.getLogger(ReadingGate.class.getName());
  private static final long LOGGED_PAUSE_MS = 1000;
  private static final long NODE_CHECK_MS = 100;

  private final Channel channel;
  private final String producer;
  private final long limitBytes;
  private final BrokerCalls broker;
  private final NodeOverload overload;
  private final Runnable onResumed;
  private long heldBytes;
  private boolean isFull;
  private boolean isRefused;
  private boolean isNodeOverloaded;
  private boolean isOutputEnded;
  private boolean isPauseLogged;
  private long pausedAtNanos;
  private Future<?> logTimer;

  /**
   * A gate that is open.
   *
   * @param producer who it is, for log lines
   * @param onResumed called when reading goes on after a pause
   */
  ReadingGate(
      Channel channel,
      String producer,
      long limitBytes,
      BrokerCalls broker,
      NodeOverload overload,
      Runnable onResumed) {
    this.channel = channel;
    this.producer = producer;
    this.limitBytes = limitBytes;
    this.broker = broker;
    this.overload = overload;
    this.onResumed = onResumed;
  }

  /** Looks at the node's state, for a connection that is new. */
  void onBegin() {
    isNodeOverloaded = overload.isRaised();
    if (isNodeOverloaded && channel.isActive()) {
      channel.eventLoop().schedule(this::onBegin, NODE_CHECK_MS, TimeUnit.MILLISECONDS);
    }
    update();
  }

  /** Something was read. */
  void hold(long bytes) {
    heldBytes += bytes;
    if (heldBytes > limitBytes) {
      isFull = true;
      update();
    }
  }

  /** Something that was read is done. */
  void release(long bytes) {
    heldBytes -= bytes;
    if (isFull && heldBytes <= limitBytes / 2) {
      isFull = false;
      update();
    }
  }

  /** The broker began to refuse for the time being, or takes everything again. */
  void onBrokerRefuses(boolean isRefusing) {
    isRefused = isRefusing;
    if (isRefusing) {
      overload.raise();
    } else {
      overload.lower();
    }
    update();
  }

  /** The channel became writable or the opposite. */
  void onWritabilityChanged() {
    update();
  }

  /** No more answers go out: whether the producer reads them does not matter any more. */
  void onOutputEnded() {
    isOutputEnded = true;
    update();
  }

  /** The connection is gone. */
  void onEnd() {
    if (logTimer != null) {
      logTimer.cancel(false);
    }
  }

  long heldBytes() {
    return heldBytes;
  }

  private void update() {
    boolean isRoom = !isFull && !isRefused && !isNodeOverloaded;
    boolean isOpen = isRoom && (isOutputEnded || channel.isWritable());
    if (!channel.isActive() || isOpen == channel.config().isAutoRead()) {
      return;
    }
    channel.config().setAutoRead(isOpen);
    if (isOpen) {
      onResume();
    } else {
      pausedAtNanos = System.nanoTime();
      logTimer =
          channel.eventLoop().schedule(this::onLongPause, LOGGED_PAUSE_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void onResume() {
    onResumed.run();
    logTimer.cancel(false);
    if (isPauseLogged) {
      isPauseLogged = false;
      long pausedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - pausedAtNanos);
      LOG.log(Level.INFO, () -> producer + " is read again after " + pausedMs + " ms");
    }
  }

  private void onLongPause() {
    isPauseLogged = true;
    LOG.log(Level.WARNING, () -> producer + " is not read for now: " + reason());
  }

  private String reason() {
    if (!isFull && !isRefused && !isNodeOverloaded) {
      return "it does not read its answers";
    }
    String held =
        isFull || isRefused
            ? heldBytes + " bytes of it wait to be stored, nothing is lost"
            : "the node holds all that it may hold and not store";
    String obstacles = String.join("; ", broker.obstacles());
    return obstacles.isEmpty() ? held : held + " (" + obstacles + ")";
  }
}
