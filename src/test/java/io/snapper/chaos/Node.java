package io.snapper.chaos;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
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
  private final Path clock;
  private final String address;
  private final List<RunningServer> former = new ArrayList<>();
  private final Thread watcher;
  private volatile RunningServer server;
  private volatile boolean isReady;

  /**
   * Starts it; {@link #awaitReady} waits for that.
   *
   * @param clock a file by which its clock can be moved
   * @param address of the loopback network, where its connections come from
   */
  Node(String name, ServerKind kind, Map<String, String> settings, Path clock, String address) {
    this.name = name;
    this.kind = kind;
    this.settings = settings;
    this.clock = clock;
    this.address = address;
    moveClock(Duration.ZERO);
    this.server = launch();
    this.watcher = new Thread(this::watch, "health-of-" + name);
    watcher.setDaemon(true);
    watcher.start();
  }

  private RunningServer launch() {
    return kind.launch(settings, NodeLibrary.environment(clock, address));
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
    server = launch();
    server.awaitReady();
  }

  /** Returns where its connections come from, if {@link NodeLibrary} is there. */
  String address() {
    return address;
  }

  /** Lets its clock jump to so much before or after the true time; needs {@link NodeLibrary}. */
  void moveClock(Duration offset) {
    NodeLibrary.writeOffset(clock, offset);
  }

  /** Sends SIGSTOP: the process stands still, its connections stay open. */
  void pause() {
    server.pause();
  }

  /** Sends SIGCONT. */
  void resume() {
    server.resume();
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
