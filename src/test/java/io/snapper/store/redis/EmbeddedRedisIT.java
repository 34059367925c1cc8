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
