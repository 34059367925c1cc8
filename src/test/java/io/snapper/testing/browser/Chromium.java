package io.snapper.testing.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Chromium on this machine. On a Debian where root has none, the system's own is installed. */
public final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome");
  private static final List<Path> ON_MACOS =
      List.of(
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));
  private static final long INSTALL_LIMIT_MINUTES = 10;
  private static Path executable;

  private Chromium() {}

  /**
   * Returns the program to start. Thread-safe; only the first call may take minutes.
   *
   * @throws IllegalStateException if there is none and it can't be installed
   */
  public static synchronized Path executable() {
    if (executable == null) {
      executable = find().or(Chromium::install).orElseThrow(Chromium::missing);
    }
    return executable;
  }

  private static Optional<Path> find() {
    for (String name : NAMES) {
      for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
        Path candidate = Path.of(directory, name);
        if (Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return ON_MACOS.stream().filter(Files::isExecutable).findFirst();
  }

  private static Optional<Path> install() {
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    if (!isRoot || !Files.exists(Path.of("/etc/debian_version"))) {
      return Optional.empty();
    }
    run("apt-get", "update");
    run("apt-get", "install", "-y", "--no-install-recommends", "chromium");
    return find();
  }

  private static void run(String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      Process process = builder.start();
      if (!process.waitFor(INSTALL_LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException("no Chromium on the PATH; looked for " + NAMES);
  }
}
