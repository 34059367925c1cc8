package io.snapper.testing.server;

import java.net.URI;
import java.nio.file.Path;

/** A server process with Snapper in it. Ports are on the loopback interface. */
public interface RunningServer extends AutoCloseable {
  /** Returns the root of the HTTP port, with a slash at its end. */
  URI http();

  /** The same of the HTTPS port, which is only set up if it was started with TLS. */
  URI https();

  /**
   * Returns where MicroProfile Health answers readiness: on Payara Micro at the HTTP port, on
   * WildFly at the management port. The broker's own answer is at {@code /ready} of the HTTP port.
   */
  URI readiness();

  /** Returns the port of the TCP edge for producers. */
  int producerPort();

  /** Returns {@code snapper.data.dir}; the directory lives until {@link #close}. */
  Path dataDirectory();

  long pid();

  boolean isAlive();

  /** Returns all that the process has printed so far. */
  String log();

  /**
   * Waits until the broker says that it serves.
   *
   * @throws IllegalStateException with the end of the log if it fails to, or takes too long
   */
  void awaitReady();

  /** Sends SIGTERM and waits for the end; fails if it doesn't come within a minute. */
  void stop();

  /** Sends SIGKILL and waits for the end. */
  void kill();

  /** Sends SIGSTOP: the process stands still, its connections stay open. */
  void pause();

  /** Sends SIGCONT. */
  void resume();

  /** Stops the process and its children if they run, and removes its files, not its log. */
  @Override
  void close();
}
