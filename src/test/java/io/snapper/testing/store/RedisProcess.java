package io.snapper.testing.store;

import io.snapper.store.redis.EmbeddedRedis;
import io.snapper.testing.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Redis in a directory of its own that can be stopped, killed, and started again on the same
 * port. Not thread safe.
 */
public final class RedisProcess implements AutoCloseable {
  private final Path directory;
  private final int port;
  private final String password;
  private final List<String> settings;
  private EmbeddedRedis redis;

  private RedisProcess(Path directory, EmbeddedRedis redis, List<String> settings) {
    this.directory = directory;
    this.redis = redis;
    this.port = redis.port();
    this.password = redis.password();
    this.settings = settings;
  }

  /** Starts one on a free port, and asks for a password. */
  public static RedisProcess start() {
    return start(List.of());
  }

  /**
   * Starts one on a free port.
   *
   * @param settings more lines of redis.conf
   */
  public static RedisProcess start(List<String> settings) {
    return start(newDirectory(), settings);
  }

  /** Starts one on a free port that asks for this password. */
  public static RedisProcess start(List<String> settings, String password) {
    Path directory = newDirectory();
    try {
      Files.writeString(directory.resolve("password"), password);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return start(directory, settings);
  }

  private static RedisProcess start(Path directory, List<String> settings) {
    return new RedisProcess(directory, EmbeddedRedis.start(directory, 0, settings), settings);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("snapper-redis");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns {@code redis://127.0.0.1:port}. */
  public URI address() {
    return redis.address();
  }

  public int port() {
    return port;
  }

  public String password() {
    return password;
  }

  /** Returns the number of the server's process, for measuring its CPU time. */
  public long processId() {
    return redis.processId();
  }

  /** Returns the server's program. */
  Path program() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("bin"))) {
      return files.findFirst().orElseThrow();
    }
  }

  /** Opens a connection to look into it. */
  public RedisCli cli() {
    return new RedisCli(port, password);
  }

  /** Stops it in an orderly way; its data stays. */
  public void stop() {
    redis.stop();
  }

  /** Kills it as a power cut would, but for what the system has in its buffers. */
  public void kill() {
    ProcessHandle.of(redis.processId()).ifPresent(ProcessHandle::destroyForcibly);
    redis.stop();
  }

  /** It stands still, and its connections stay open. */
  public void pause() {
    Signals.pause(redis.processId());
  }

  /** It goes on. */
  public void resume() {
    Signals.resume(redis.processId());
  }

  /** Starts it again on the same port with the same data. */
  public void restart() {
    redis = EmbeddedRedis.start(directory, port, settings);
  }

  /** Starts it again on the same port without any data. */
  public void restartEmpty() {
    try {
      delete(directory.resolve("appendonlydir"));
      Files.deleteIfExists(directory.resolve("dump.rdb"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    restart();
  }

  /** Returns whether it answers and takes writes, as far as it knows. */
  public boolean isMaster() {
    try (RedisCli cli = cli()) {
      return ((List<?>) cli.call("ROLE")).get(0).equals("master");
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  /** Returns whether it is a replica that has all that its master has written up to now. */
  public boolean isReplicating() {
    try (RedisCli cli = cli()) {
      return ((String) cli.call("INFO", "replication")).contains("master_link_status:up");
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  /** Stops it and removes its data. */
  @Override
  public void close() {
    redis.stop();
    try {
      delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
