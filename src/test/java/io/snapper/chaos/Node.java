package io.snapper.chaos;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One broker node that can be killed, paused, stopped, and started again. What watches it, like a
 * load balancer's health check, takes it out of rotation while {@code /ready} doesn't answer 200.
 */
final class Node implements AutoCloseable {
  private static final int HEALTH_INTERVAL_MS = 250;
  private static final int HEALTH_TIMEOUT_MS = 1_000;

  private final String name;
  private final ServerKind kind;
  private final Map<String, String> settings;
  private final List<RunningServer> former = new ArrayList<>();
  private final Thread watcher;
  private volatile RunningServer server;
  private volatile boolean isReady;

  Node(String name, ServerKind kind, Map<String, String> settings) {
    this.name = name;
    this.kind = kind;
    this.settings = settings;
    this.server = kind.launch(settings);
    this.watcher = new Thread(this::watch, "health-of-" + name);
    watcher.setDaemon(true);
    watcher.start();
  }

  void awaitReady() {
    server.awaitReady();
  }

  String name() {
    return name;
  }

  ServerKind kind() {
    return kind;
  }

  boolean isReady() {
    return isReady;
  }

  boolean isAlive() {
    return server.isAlive();
  }

  int httpPort() {
    return server.http().getPort();
  }

  int producerPort() {
    return server.producerPort();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() {
    server.kill();
  }

  /** Sends SIGTERM and waits for the end. */
  void stop() {
    server.stop();
  }

  /** Starts it again, on other ports, and waits until it is ready. */
  void start() {
    former.add(server);
    server = kind.launch(settings);
    server.awaitReady();
  }

  /** Sends SIGSTOP: the process stands still, its connections stay open. */
  void pause() {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process command =
          new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid())).start();
      if (command.waitFor() != 0) {
        throw new IllegalStateException("kill -" + signal + " failed");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void watch() {
    try {
      while (true) {
        isReady = answersReady();
        Thread.sleep(HEALTH_INTERVAL_MS);
      }
    } catch (InterruptedException closed) {
      isReady = false;
    }
  }

  private boolean answersReady() {
    if (!server.isAlive()) {
      return false;
    }
    try {
      HttpURLConnection connection =
          (HttpURLConnection) server.http().resolve("ready").toURL().openConnection();
      connection.setConnectTimeout(HEALTH_TIMEOUT_MS);
      connection.setReadTimeout(HEALTH_TIMEOUT_MS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException away) {
      return false;
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
    former.add(server);
    for (RunningServer one : former) {
      one.kill();
      one.close();
    }
  }
}
