package io.snapper.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.embedded.RedisExecProvider;

/**
 * A real redis-server on a free port of the loopback interface. It keeps nothing on disk unless its
 * options say so: after {@link #restart} it is empty.
 */
public final class TestRedis implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SOCKET_TIMEOUT_MS = 1_000;

  private final int port;
  private final Path directory;
  private final List<String> options;
  private final Thread atExit = new Thread(this::killProcess, "kill-redis");
  private Process process;

  private TestRedis(int port, Path directory, List<String> options) {
    this.port = port;
    this.directory = directory;
    this.options = options;
  }

  /**
   * Starts a Redis and waits until it answers.
   *
   * @param options more of its command line, such as {@code "--maxmemory", "100mb"}
   */
  public static TestRedis start(String... options) {
    int port = FreePorts.next();
    Path directory = ServerHome.BUILD.resolve("redis").resolve(Integer.toString(port));
    TestRedis redis = new TestRedis(port, directory, List.of(options));
    Runtime.getRuntime().addShutdownHook(redis.atExit);
    redis.restart();
    return redis;
  }

  /**
   * Returns the path of the redis-server program, for what this class doesn't start: {@code
   * -Dtest.redis}, or the one that the broker embeds.
   */
  public static String program() {
    return Executable.PATH;
  }

  public int port() {
    return port;
  }

  /** Returns the address in the form of {@code snapper.redis.address}. */
  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Starts it again on the same port and waits until it answers; kills it first if it runs. */
  public void restart() {
    kill();
    try {
      Files.createDirectories(directory);
      List<String> command = new ArrayList<>();
      command.add(Executable.PATH);
      command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
      command.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "no"));
      command.addAll(options);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("redis.log").toFile())
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Awaitility.await("Redis on port " + port)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .failFast("redis-server ended", () -> !process.isAlive())
        .until(this::answers);
  }

  /** Sends SIGTERM and waits for the end. */
  public void stop() {
    if (isAlive()) {
      process.destroy();
      awaitEnd();
    }
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    if (isAlive()) {
      killProcess();
      awaitEnd();
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
      ServerHome.delete(directory);
    } catch (IllegalStateException shuttingDown) {
      // The hook is about to run and will find nothing to kill.
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void killProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("redis-server " + process.pid() + " doesn't end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(SOCKET_TIMEOUT_MS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The binary; the embedded one is unpacked once for each JVM. */
  private static final class Executable {
    private static final String VERSION = "7.0.15";
    private static final String OTHER = System.getProperty("test.redis", "");
    static final String PATH = OTHER.isEmpty() ? unpack() : OTHER;

    private static String unpack() {
      String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
      String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
      String name = "redis-server-" + VERSION + "-" + system + "-" + processor;
      try (InputStream content = RedisExecProvider.class.getResourceAsStream("/" + name)) {
        Path directory = Files.createDirectories(ServerHome.BUILD.resolve("redis"));
        Path executable = Files.createTempFile(directory, name, "");
        executable.toFile().deleteOnExit();
        Files.copy(content, executable, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
        return executable.toString();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
