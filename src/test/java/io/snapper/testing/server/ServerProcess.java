package io.snapper.testing.server;

import io.snapper.testing.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.awaitility.Awaitility;

/** One server process and its directory. */
final class ServerProcess implements RunningServer {
  /** Generous: a machine that builds something else meanwhile takes a minute. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final int PROBE_TIMEOUT_MS = 2_000;
  private static final int LOG_TAIL_CHARACTERS = 6_000;

  private final ServerCommand server;
  private final ServerHome home;
  private final ServerCommand.Ports ports;
  private final int producerPort;
  private final Process process;
  private final Thread atExit = new Thread(this::killAll, "kill-server");
  private final List<ProcessHandle> children = new ArrayList<>();

  private ServerProcess(
      ServerCommand server,
      ServerHome home,
      ServerCommand.Ports ports,
      int producerPort,
      Process process) {
    this.server = server;
    this.home = home;
    this.ports = ports;
    this.producerPort = producerPort;
    this.process = process;
  }

  static ServerProcess start(
      ServerCommand server,
      ServerHome home,
      Map<String, String> settings,
      List<String> options,
      Map<String, String> environment,
      Optional<ServerCertificate> certificate) {
    ServerCommand.Ports ports =
        new ServerCommand.Ports(FreePorts.next(), FreePorts.next(), FreePorts.next());
    List<String> jvmOptions = new ArrayList<>(options);
    jvmOptions.add("-Djava.io.tmpdir=" + home.temporary());
    settings.forEach((key, value) -> jvmOptions.add("-D" + key + "=" + value));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(server.prepare(home, ports, jvmOptions, certificate));
      builder.environment().putAll(environment);
      Process process =
          builder.redirectErrorStream(true).redirectOutput(home.log().toFile()).start();
      int producerPort = Integer.parseInt(settings.get("snapper.producer.port"));
      ServerProcess started = new ServerProcess(server, home, ports, producerPort, process);
      Runtime.getRuntime().addShutdownHook(started.atExit);
      return started;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public URI http() {
    return URI.create("http://127.0.0.1:" + ports.http() + "/");
  }

  @Override
  public URI https() {
    return URI.create("https://127.0.0.1:" + ports.https() + "/");
  }

  @Override
  public URI readiness() {
    return URI.create("http://127.0.0.1:" + server.healthPort(ports) + "/health/ready");
  }

  @Override
  public int producerPort() {
    return producerPort;
  }

  @Override
  public Path dataDirectory() {
    return home.data();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String log() {
    try {
      return new String(Files.readAllBytes(home.log()), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void awaitReady() {
    try {
      Awaitility.await("server ready")
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(200))
          .failFast("the server can't become ready", this::hasFailed)
          .until(() -> hasStarted() && httpStatus() == HttpURLConnection.HTTP_OK);
    } catch (RuntimeException failure) {
      throw new IllegalStateException(failure.getMessage() + logTail(), failure);
    }
  }

  @Override
  public void stop() {
    rememberChildren();
    process.destroy();
    if (!hasEndedWithin(STOP_LIMIT)) {
      killAll();
      throw new IllegalStateException("the server ignored SIGTERM" + logTail());
    }
  }

  @Override
  public void kill() {
    rememberChildren();
    process.destroyForcibly();
    hasEndedWithin(STOP_LIMIT);
  }

  @Override
  public void pause() {
    Signals.pause(pid());
  }

  @Override
  public void resume() {
    Signals.resume(pid());
  }

  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        stop();
      }
    } finally {
      killAll();
      home.clear();
      removeHook();
    }
  }

  private boolean hasStarted() {
    return server.started().matcher(log()).find();
  }

  private boolean hasFailed() {
    return !process.isAlive() || server.failure().matcher(log()).find();
  }

  private String logTail() {
    String log = log();
    Matcher failed = server.failure().matcher(log);
    String reason = failed.find() ? "\n" + failed.group() : "";
    String tail = log.substring(Math.max(0, log.length() - LOG_TAIL_CHARACTERS));
    return reason + "\n--- end of " + home.log() + "\n" + tail;
  }

  private int httpStatus() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) http().resolve("ready").toURL().openConnection();
      connection.setConnectTimeout(PROBE_TIMEOUT_MS);
      connection.setReadTimeout(PROBE_TIMEOUT_MS);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return 0;
    }
  }

  private boolean hasEndedWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A killed server leaves its embedded Redis behind, whose parent is then unknown. */
  private void rememberChildren() {
    process.descendants().forEach(children::add);
  }

  private void killAll() {
    rememberChildren();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // The hook is about to run and will find nothing to kill.
    }
  }
}
