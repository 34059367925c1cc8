package io.snapper.store.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A redis-server of our own: a child process that listens on the loopback address only, asks for a
 * password, and keeps its data in a directory that one instance at a time may use.
 *
 * <p>It ends with {@link #stop}, and whenever this process ends, however that happens: a shell in
 * between waits for the end of its input, which is a pipe from this process. Where the system can
 * do it, the server is in a session of its own, so that Ctrl-C in a terminal stops Snapper alone,
 * which then writes its last state and stops the server.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedRedis.class.getName());

  /** How long a server that starts may say nothing. One that loads its data says so. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int PAUSE_MS = 20;
  private static final int SOCKET_TIMEOUT_MS = 1000;
  private static final int PASSWORD_BYTES = 24;
  private static final int SHOWN_LOG_LINES = 5;

  /**
   * Arguments: the server, its configuration, its log. Prints the server's process id. Signals that
   * are meant for all processes of a terminal or a group do not end it: it has to outlive us.
   */
  private static final String SUPERVISOR =
      """
      trap '' INT TERM HUP
      exec 3<&0
      session=$(command -v setsid || true)
      $session "$0" "$1" </dev/null >>"$2" 2>&1 3<&- &
      server=$!
      echo $server
      (read ignored <&3; kill $server) >/dev/null 2>&1 &
      watcher=$!
      wait $server
      kill -KILL $watcher 2>/dev/null
      """;

  /**
   * Where it listens. Not what {@code InetAddress.getLoopbackAddress} says: JDK 25 says {@code ::1}
   * if {@code java.net.preferIPv4Stack} is set after its start, as Payara Micro does.
   */
  private static final String LOOPBACK = "127.0.0.1";

  private static final String PROGRAMS = "bin";
  private static final String PASSWORD_FILE = "password";
  private static final String PID_FILE = "redis.pid";
  private static final String CONFIGURATION_FILE = "redis.conf";
  private static final String LOG_FILE = "redis.log";

  private final Process supervisor;
  private final ProcessHandle server;
  private final int port;
  private final String password;
  private final DirectoryLock lock;

  private EmbeddedRedis(
      Process supervisor, ProcessHandle server, int port, String password, DirectoryLock lock) {
    this.supervisor = supervisor;
    this.server = server;
    this.port = port;
    this.password = password;
    this.lock = lock;
  }

  /**
   * Starts a server and waits until it answers, which takes longer the more data it has to load.
   *
   * @param directory of its own, made if it isn't there; holds the data, the log, the
   *     configuration, the password (made at the first start), and a lock
   * @param requestedPort the port to listen on, 0 for a free one
   * @throws IllegalStateException if another instance uses the directory, there is no server for
   *     this platform, or it does not start
   */
  public static EmbeddedRedis start(Path directory, int requestedPort) {
    return start(directory, requestedPort, List.of());
  }

  /**
   * Same as {@link #start(Path, int)}, with more settings.
   *
   * @param settings lines of redis.conf, which go before our own ones
   */
  public static EmbeddedRedis start(Path directory, int requestedPort, List<String> settings) {
    return start(directory, requestedPort, settings, LONGEST_SILENCE);
  }

  static EmbeddedRedis start(
      Path directory, int requestedPort, List<String> settings, Duration longestSilence) {
    try {
      Files.createDirectories(directory, ownerOnly("rwx------"));
      DirectoryLock lock = lock(directory);
      try {
        // We hold the lock, so nobody uses it.
        LeftoverServer.end(directory.resolve(PID_FILE), directory.resolve(PROGRAMS));
        int port = requestedPort == 0 ? freePort() : requestedPort;
        return launch(directory.toAbsolutePath(), port, settings, lock, longestSilence);
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new IllegalStateException("can't start Redis in " + directory, failure);
    }
  }

  private static EmbeddedRedis launch(
      Path directory, int port, List<String> settings, DirectoryLock lock, Duration longestSilence)
      throws IOException {
    Path binary = RedisBinary.extractTo(directory.resolve(PROGRAMS));
    String password = password(directory);
    writeConfiguration(directory, port, password, settings);
    Process supervisor =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                SUPERVISOR,
                binary.toString(),
                directory.resolve(CONFIGURATION_FILE).toString(),
                directory.resolve(LOG_FILE).toString())
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = supervisor.inputReader(StandardCharsets.US_ASCII);
    ProcessHandle server =
        ProcessHandle.of(Long.parseLong(String.valueOf(output.readLine()))).orElseThrow();
    EmbeddedRedis redis = new EmbeddedRedis(supervisor, server, port, password, lock);
    try {
      redis.awaitPong(directory, longestSilence);
    } catch (RuntimeException failure) {
      redis.stop();
      throw failure;
    }
    return redis;
  }

  private static String password(Path directory) throws IOException {
    Path file = directory.resolve(PASSWORD_FILE);
    if (!Files.exists(file)) {
      byte[] secret = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(secret);
      writeOwnerOnly(file, List.of(HexFormat.of().formatHex(secret)));
    }
    return Files.readString(file).trim();
  }

  private static void writeOwnerOnly(Path file, List<String> lines) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, ownerOnly("rw-------"));
    Files.write(file, lines, StandardOpenOption.WRITE);
  }

  private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static void writeConfiguration(
      Path directory, int port, String password, List<String> settings) throws IOException {
    List<String> lines = new ArrayList<>(settings);
    lines.add("bind " + LOOPBACK);
    lines.add("port " + port);
    lines.add("protected-mode yes");
    lines.add("requirepass " + password);
    lines.add("dir \"" + directory + "\"");
    lines.add("pidfile \"" + directory.resolve(PID_FILE) + "\"");
    lines.add("daemonize no");
    lines.add("appendonly yes");
    lines.add("appendfsync everysec");
    lines.add("save \"\"");
    // Evicted keys would be lost messages; a full memory must be an error.
    lines.add("maxmemory-policy noeviction");
    writeOwnerOnly(directory.resolve(CONFIGURATION_FILE), lines);
  }

  private static DirectoryLock lock(Path directory) throws IOException {
    return DirectoryLock.tryLock(directory)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "another Snapper uses the Redis in "
                        + directory
                        + "; give this one its own snapper.data.dir, or both the same"
                        + " snapper.redis.address"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  private void awaitPong(Path directory, Duration longestSilence) {
    long heardNs = System.nanoTime();
    for (State state = askState(); state != State.READY; state = askState()) {
      if (state == State.LOADING) {
        heardNs = System.nanoTime();
      }
      if (!supervisor.isAlive() || System.nanoTime() - heardNs > longestSilence.toNanos()) {
        throw new IllegalStateException(
            "Redis does not start in " + directory + ": " + lastLogLines(directory));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while Redis started", interruption);
      }
    }
  }

  private enum State {
    SILENT,
    LOADING,
    READY
  }

  private State askState() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port), SOCKET_TIMEOUT_MS);
      socket.setSoTimeout(SOCKET_TIMEOUT_MS);
      OutputStream request = socket.getOutputStream();
      request.write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String toPassword = answers.readLine();
      String toPing = answers.readLine();
      if (!"+OK".equals(toPassword) || toPing == null) {
        return State.SILENT;
      }
      return toPing.equals("+PONG")
          ? State.READY
          : toPing.startsWith("-LOADING ") ? State.LOADING : State.SILENT;
    } catch (IOException notYet) {
      return State.SILENT;
    }
  }

  private static String lastLogLines(Path directory) {
    try {
      List<String> lines = Files.readAllLines(directory.resolve(LOG_FILE));
      return String.join(
          " / ", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "no log";
    }
  }

  /** Returns {@code redis://127.0.0.1:port}. */
  public URI address() {
    return URI.create("redis://" + LOOPBACK + ":" + port);
  }

  public int port() {
    return port;
  }

  /** Returns what the server asks for; the same at each start in a directory. */
  public String password() {
    return password;
  }

  /** Returns the number of the server's process. */
  public long processId() {
    return server.pid();
  }

  /** Stops the server: it writes what it has and ends; if it doesn't within 10 s, it is killed. */
  public void stop() {
    try {
      supervisor.getOutputStream().close();
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "the supervisor of Redis has ended before");
    }
    try {
      if (!supervisor.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "Redis does not stop and is killed");
        server.destroyForcibly();
      }
    } catch (InterruptedException interruption) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      lock.close();
    } catch (IOException unlikely) {
      LOG.log(Level.DEBUG, "the lock of the data directory goes with the process");
    }
  }

  /** Same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }
}
