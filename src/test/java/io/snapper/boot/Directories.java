package io.snapper.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directories that these tests work in, under the build's own. */
final class Directories {
  private static final Path BUILD = Path.of("target").toAbsolutePath();

  private Directories() {}

  /** Returns what the build has made. */
  static Path built(String name) {
    Path file = BUILD.resolve(name);
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: run ./mvnw pre-integration-test");
    }
    return file;
  }

  /** Returns an empty directory; what an earlier run has left there is removed. */
  static Path empty(String name) {
    Path directory = BUILD.resolve("boot").resolve(name);
    try {
      delete(directory);
      return Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Copies files and directories of the source tree. */
  static void copy(List<String> names, Path target) {
    for (String name : names) {
      try (Stream<Path> found = Files.walk(Path.of(name))) {
        for (Path path : (Iterable<Path>) found::iterator) {
          Path copy = target.resolve(path.toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(copy);
          } else {
            Files.createDirectories(copy.getParent());
            Files.copy(path, copy);
          }
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Removes a directory with all that is in it. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
