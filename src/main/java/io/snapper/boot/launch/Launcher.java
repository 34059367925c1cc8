package io.snapper.boot.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the runnable jar as a child process in the foreground until one of the two is stopped.
 *
 * <p>All {@code snapper.*} system properties of this process reach the child. Without a Redis
 * address the embedded Redis is chosen, and the demo is on unless it was said otherwise.
 */
public final class Launcher {
  private static final String PREFIX = "snapper.";
  private static final String PORT = "snapper.http.port";
  private static final long STOP_LIMIT_SECONDS = 30;

  private Launcher() {}

  /**
   * Starts the broker and returns when it has ended.
   *
   * @param arguments the runnable jar, then options for the server
   * @throws IllegalStateException if the broker ended with an error
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> settings = settings(System.getProperties(), System.getenv());
    List<String> options = List.of(arguments).subList(1, arguments.length);
    List<String> command = command(Path.of(arguments[0]), settings, options);
    Process broker =
        new ProcessBuilder(inOwnSession(command))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    AtomicBoolean isStopping = new AtomicBoolean();
    Thread stopBroker =
        new Thread(
            () -> {
              isStopping.set(true);
              stop(broker);
            },
            "stop-broker");
    Runtime.getRuntime().addShutdownHook(stopBroker);
    int status = broker.waitFor();
    if (status != 0 && !isStopping.get()) {
      throw new IllegalStateException("the broker ended with status " + status);
    }
  }

  /** Returns the settings for the broker: those given, and what a first start needs besides. */
  static Map<String, String> settings(Map<?, ?> properties, Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.toString().startsWith(PREFIX)) {
            settings.put(key.toString(), value.toString());
          }
        });
    Map.of("snapper.redis.address", "embedded", "snapper.demo.enabled", "true", PORT, "8080")
        .forEach(
            (key, value) -> {
              String variable = key.toUpperCase(Locale.ROOT).replace('.', '_');
              settings.putIfAbsent(key, environment.getOrDefault(variable, value));
            });
    return settings;
  }

  /** Returns the command line that starts the broker with these settings. */
  static List<String> command(Path jar, Map<String, String> settings, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-jar", jar.toString(), "--port", settings.get(PORT)));
    command.addAll(options);
    return command;
  }

  /**
   * Takes the child out of the terminal's group: Ctrl-C then reaches this process alone, which
   * stops the broker, which stops its Redis. Otherwise all three would be interrupted at once and
   * the broker could not write its last cursors.
   */
  private static List<String> inOwnSession(List<String> command) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path setsid = Path.of(directory, "setsid");
      if (setsid.toFile().canExecute()) {
        List<String> wrapped = new ArrayList<>(List.of(setsid.toString()));
        wrapped.addAll(command);
        return wrapped;
      }
    }
    return command;
  }

  private static void stop(Process broker) {
    broker.destroy();
    try {
      if (!broker.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        broker.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      broker.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
