package io.snapper.boot;

import io.snapper.testing.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A command as a user types it, with its outputs in files. No setting and no directory of the
 * surrounding build reaches it by the environment. Not thread safe.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Process process;
  private final Path output;
  private final Path errors;
  private final Set<ProcessHandle> descendants = new LinkedHashSet<>();
  private final Thread atExit = new Thread(this::killAll, "kill-child");

  private ChildProcess(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /**
   * Starts a command.
   *
   * @param directory where it works
   * @param logs where its outputs are kept, in {@code out.log} and {@code err.log}
   */
  static ChildProcess start(Path directory, Path logs, List<String> command) {
    try {
      Files.createDirectories(logs);
      Path output = logs.resolve("out.log");
      Path errors = logs.resolve("err.log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("SNAPPER_") || name.matches("MAVEN_(PROJECT)?BASEDIR"));
      ChildProcess started = new ChildProcess(builder.start(), output, errors);
      Runtime.getRuntime().addShutdownHook(started.atExit);
      return started;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the path of this JVM's {@code java}. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  String output() {
    return read(output);
  }

  String errors() {
    return read(errors);
  }

  /** Waits until the output has what is searched for, and fails at once if the process ends. */
  void awaitOutput(Pattern searched, Duration limit) {
    Awaitility.await(searched.pattern())
        .atMost(limit)
        .pollInterval(POLL_INTERVAL)
        .failFast(
            () -> {
              if (!process.isAlive() && !searched.matcher(output()).find()) {
                throw new IllegalStateException("ended: " + output() + errors());
              }
            })
        .until(() -> searched.matcher(output()).find());
  }

  /** Returns the processes that it has started, and those that these have started. */
  List<ProcessHandle> descendants() {
    process.descendants().forEach(descendants::add);
    return List.copyOf(descendants);
  }

  /** Sends a signal to the process alone, as {@code kill} does: "INT", "TERM". */
  void signal(String name) {
    descendants();
    Signals.send(name, process.pid());
  }

  /**
   * Waits for the end.
   *
   * @return the exit code
   * @throws IllegalStateException with what it has printed, if it doesn't end in time
   */
  int awaitEnd(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("still running after " + limit + ": " + output() + errors());
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // The hook is about to run and will find nothing to kill.
    }
  }

  private void killAll() {
    List<ProcessHandle> all = new ArrayList<>(descendants());
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
