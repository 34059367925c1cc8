package io.snapper.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The directory of one server process under {@code target/servers}. */
record ServerHome(Path directory) {
  static final Path BUILD = Path.of("target").toAbsolutePath();
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Makes an empty directory. */
  static ServerHome create(String kind) {
    Path directory =
        BUILD.resolve("servers").resolve(kind + "-" + COUNT.incrementAndGet()).toAbsolutePath();
    try {
      delete(directory);
      ServerHome home = new ServerHome(directory);
      Files.createDirectories(home.data());
      Files.createDirectories(home.temporary());
      Files.createDirectories(home.server());
      return home;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns what the build made, or says which build step makes it. */
  static Path built(String name) {
    Path file = BUILD.resolve(name);
    if (!Files.exists(file)) {
      throw new IllegalStateException(file + " is missing: run ./mvnw pre-integration-test");
    }
    return file;
  }

  Path data() {
    return directory.resolve("data");
  }

  Path temporary() {
    return directory.resolve("tmp");
  }

  Path server() {
    return directory.resolve("server");
  }

  Path log() {
    return directory.resolve("console.log");
  }

  /** Removes all but the log. */
  void clear() {
    try {
      for (Path part : new Path[] {data(), temporary(), server()}) {
        delete(part);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> found = Files.walk(source)) {
      for (Path path : (Iterable<Path>) found::iterator) {
        Path copy = target.resolve(source.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
