package io.snapper.boot;

import io.snapper.config.ProducerSettings;
import io.snapper.core.Broker;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.edge.producer.ProducerServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * The port on which a node awaits producers: it is opened, closed and opened again, while
 * connections of before may still be ending. One that can't be bound, as while the process of
 * before still ends, is tried again each second. Thread safe.
 */
final class ProducerPort {
  private static final Logger LOG = System.getLogger(ProducerPort.class.getName());

  private static final long PAUSE_BETWEEN_TRIES_MS = 1_000;

  /** With the port of the last time, once there was one; written under the transition's lock. */
  private volatile ProducerSettings settings;

  private final Broker broker;
  private final TokenVerifier tokens;
  private final ThreadFactory threads;

  /** Held while a server starts or stops. */
  private final Object transition = new Object();

  // Written under the lock of this.
  private volatile boolean isWanted;
  private boolean isEnded;

  // Written under the lock of the transition.
  private volatile ProducerServer server;
  private volatile Integer port;
  private volatile String obstacle;

  ProducerPort(
      ProducerSettings settings, Broker broker, TokenVerifier tokens, ThreadFactory threads) {
    this.settings = settings;
    this.broker = broker;
    this.tokens = tokens;
    this.threads = threads;
  }

  /**
   * Opens the port, unless producers are not to be awaited, or never again. Returns when it is
   * open, or not wanted any more.
   */
  void open() throws InterruptedException {
    want(settings.enabled());
    settle();
  }

  /** Does the same in the background. */
  void openSoon() {
    want(settings.enabled());
    settleSoon();
  }

  /** Closes the port in the background: what producers have sent is stored and answered before. */
  void closeSoon() {
    want(false);
    settleSoon();
  }

  /** Closes the port for good and waits until what producers have sent is stored and answered. */
  void end() {
    synchronized (this) {
      isEnded = true;
    }
    want(false);
    trySettle();
  }

  /** Returns the port, if it is open. */
  Optional<Integer> port() {
    return Optional.ofNullable(port);
  }

  /** Returns why the port can't be opened; empty if it is open, or not wanted. */
  Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** Returns how many producers are connected, or have something that is not stored. */
  int producers() {
    ProducerServer present = server;
    return present == null ? 0 : present.producers();
  }

  /** Returns whether nothing has to be opened or closed. */
  boolean isSettled() {
    return isWanted == (server != null);
  }

  private synchronized void want(boolean wanted) {
    isWanted = wanted && !isEnded;
    notifyAll();
  }

  private void settleSoon() {
    Runnable task =
        () -> {
          try {
            settle();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        };
    threads.newThread(task).start();
  }

  private void settle() throws InterruptedException {
    while (!trySettle()) {
      synchronized (this) {
        if (isWanted) {
          wait(PAUSE_BETWEEN_TRIES_MS);
        }
      }
    }
  }

  /** Opens or closes the port, as is wanted; returns false if it could not be opened. */
  private boolean trySettle() {
    synchronized (transition) {
      String refusal = null;
      if (isWanted && server == null) {
        refusal = refusalOfStart();
      } else if (!isWanted && server != null) {
        port = null;
        server.stop();
        server = null;
      }
      if (refusal != null && !refusal.equals(obstacle)) {
        LOG.log(Level.ERROR, "{0}; it is tried again each second", refusal);
      }
      obstacle = refusal;
      return refusal == null;
    }
  }

  /** Starts a server; returns null, or why it can't. */
  private String refusalOfStart() {
    try {
      start();
      return null;
    } catch (IllegalStateException refused) {
      return refused.getMessage();
    }
  }

  private void start() {
    ProducerServer started = new ProducerServer(settings, broker, tokens, threads);
    started.start();
    server = started;
    port = started.port();
    settings = settings.onPort(started.port());
  }
}
