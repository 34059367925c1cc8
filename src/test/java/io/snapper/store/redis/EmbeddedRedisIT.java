package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.testing.store.RedisCli;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Redis that Snapper brings along. */
class EmbeddedRedisIT {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

  /** Loading these takes more than twice as long; in between Redis answers every 0.6 s. */
  private static final int KEYS = 8000;

  private static final int LOAD_DELAY_US = 600;

  @TempDir private Path directory;

  @Test
  void shouldKeepDataPasswordAndOwnershipAcrossARestart() throws IOException {
    String password;
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
        RedisCli cli = new RedisCli(redis.port(), redis.password())) {
      password = redis.password();
      cli.call("SET", "key", "value");
    }

    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
        RedisCli cli = new RedisCli(redis.port(), redis.password())) {
      assertThat(cli.call("GET", "key")).isEqualTo("value");
      assertThat(redis.password()).isEqualTo(password);
    }
    for (String secret : new String[] {"password", "redis.conf"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve(secret))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void shouldAskForThePassword() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
        RedisCli stranger = new RedisCli(redis.port(), null)) {
      assertThatThrownBy(() -> stranger.call("GET", "key")).hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void shouldListenOnTheGivenPort() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, port)) {
      assertThat(redis.address()).hasHost("127.0.0.1").hasPort(port);
    }
  }

  @Test
  void shouldSayThatTheDirectoryIsInUse() {
    try (EmbeddedRedis first = EmbeddedRedis.start(directory, 0)) {
      assertThatThrownBy(() -> EmbeddedRedis.start(directory, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("snapper.data.dir");
      assertThat(ProcessHandle.of(first.processId())).isPresent();
    }
  }

  @Test
  void shouldStayTheOnlyOneAfterAnotherApplicationOfTheServerWasRefused() throws Exception {
    try (EmbeddedRedis first = EmbeddedRedis.start(directory, 0)) {
      assertThatThrownBy(this::startAsAnotherApplication)
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("snapper.data.dir");

      Process other = startParent();
      try {
        assertThat(other.inputReader().readLine()).as("the other process's Redis").isNull();
        assertThat(ProcessHandle.of(first.processId())).isPresent();
      } finally {
        other.destroyForcibly();
      }
    }
    EmbeddedRedis.start(directory, 0).stop();
  }

  /** Starts one with classes of its own, as two WARs in a server have them. */
  private void startAsAnotherApplication() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader application =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      application
          .loadClass(EmbeddedRedis.class.getName())
          .getMethod("start", Path.class, int.class)
          .invoke(null, directory, 0);
    }
  }

  @Test
  void shouldSayWhyRedisDoesNotStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedRedis.start(directory, taken.getLocalPort()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Failed listening on port");
    }
    EmbeddedRedis.start(directory, 0).stop();
  }

  @Test
  void shouldWaitAsLongAsRedisSaysThatItLoadsItsData() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
        RedisCli cli = new RedisCli(redis.port(), redis.password())) {
      cli.call("EVAL", "for key = 1, ARGV[1] do redis.call('SET', key, key) end", 0, KEYS);
    }
    long startNs = System.nanoTime();

    try (EmbeddedRedis redis =
            EmbeddedRedis.start(
                directory, 0, List.of("key-load-delay " + LOAD_DELAY_US), LONGEST_SILENCE);
        RedisCli cli = new RedisCli(redis.port(), redis.password())) {
      assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isGreaterThan(LONGEST_SILENCE);
      assertThat(cli.call("DBSIZE")).isEqualTo((long) KEYS);
    }
  }

  @Test
  void shouldLeaveNoProcess() {
    Set<Long> before = children();
    EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
    ProcessHandle server = ProcessHandle.of(redis.processId()).orElseThrow();

    redis.stop();

    Awaitility.await().until(() -> !server.isAlive());
    Awaitility.await().until(() -> before.containsAll(children()));
  }

  @Test
  void shouldEndWithItsParentHoweverThatEnds() throws Exception {
    Process parent = startParent();
    long processId = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle server = ProcessHandle.of(processId).orElseThrow();

    parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    Awaitility.await().until(() -> !server.isAlive());
    EmbeddedRedis.start(directory, 0).stop();
  }

  private Process startParent() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void shouldEndALeftoverServerWhenTheDirectoryLiesBelowALink() throws Exception {
    Path real = directory.resolve("real/redis");
    EmbeddedRedis.start(real, 0).stop();
    Process leftover = run(real);
    awaitFile(real.resolve("redis.pid"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));

    try {
      EmbeddedRedis.start(link.resolve("redis"), 0).stop();

      assertThat(leftover.isAlive()).isFalse();
    } finally {
      leftover.destroy();
    }
  }

  @Test
  void shouldLeaveAStrangerAloneThatHasTheNumberOfTheLeftover() throws Exception {
    Path other = directory.resolve("other");
    try (EmbeddedRedis stranger = EmbeddedRedis.start(other, 0)) {
      for (long number : new long[] {stranger.processId(), ProcessHandle.current().pid()}) {
        Path own = Files.createDirectories(directory.resolve("own"));
        Files.writeString(own.resolve("redis.pid"), number + "\n");

        EmbeddedRedis.start(own, 0).stop();
      }
      assertThat(ProcessHandle.of(stranger.processId())).isPresent();
    }
  }

  @Test
  void shouldNotStartBesideARedisThatMayBeTheLeftover() throws Exception {
    Path moved = directory.resolve("moved");
    Path pidFile = moved.resolve("redis.pid");
    EmbeddedRedis.start(moved, 0).stop();
    Process server = run(moved);
    try {
      awaitFile(pidFile);
      Path own = Files.createDirectories(directory.resolve("own"));
      Files.copy(pidFile, own.resolve("redis.pid"));
      Files.delete(RedisBinary.extractTo(moved.resolve("bin")));

      assertThatThrownBy(() -> EmbeddedRedis.start(own, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("process " + server.pid())
          .hasMessageContaining(own.resolve("redis.pid").toString());
      assertThat(server.isAlive()).isTrue();
      assertThat(own.resolve("redis.pid")).exists();
    } finally {
      server.destroy();
      server.waitFor();
    }
    EmbeddedRedis.start(directory.resolve("own"), 0).stop();
  }

  /** Runs the server of a directory as one that nobody ends. */
  private static Process run(Path directory) throws IOException {
    return new ProcessBuilder(
            RedisBinary.extractTo(directory.resolve("bin")).toString(),
            directory.resolve("redis.conf").toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitFile(Path file) {
    Awaitility.await().until(() -> Files.exists(file) && Files.size(file) > 0);
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  /** A process that starts a Redis, prints its process id, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedRedis redis = EmbeddedRedis.start(Path.of(arguments[0]), 0);
      System.out.println(redis.processId());
      Thread.currentThread().join();
    }
  }
}
