package io.snapper.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The redis-server that the library embedded-redis carries for this platform. */
final class RedisBinary {
  private static final String VERSION = "7.0.15";

  private RedisBinary() {}

  /**
   * Returns the server in {@code directory}, copied there first if it isn't there.
   *
   * @throws IllegalStateException if there is none for this platform
   */
  static Path extractTo(Path directory) throws IOException {
    String name = nameFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path binary = directory.resolve(name);
    if (Files.isExecutable(binary)) {
      return binary;
    }
    Files.createDirectories(directory);
    try (InputStream content = RedisBinary.class.getResourceAsStream("/" + name)) {
      if (content == null) {
        throw new IllegalStateException(
            "no " + name + " is packed; set snapper.redis.address to a Redis of your own");
      }
      // Under another name until it is whole: two nodes may start at the same time.
      Path part = Files.createTempFile(directory, name, ".part");
      try {
        Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
        Files.move(part, binary, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException raced) {
        // The other one has put the same file there.
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return binary;
  }

  /**
   * Returns the name of the resource.
   *
   * @param system as in the system property os.name
   * @param architecture as in the system property os.arch
   * @throws IllegalStateException if there is none for this platform
   */
  static String nameFor(String system, String architecture) {
    String family = system.toLowerCase(Locale.ROOT);
    String os = family.startsWith("mac") ? "darwin" : family.startsWith("linux") ? "linux" : null;
    String cpu =
        switch (architecture) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case "x86", "i386", "i686" -> "386";
          default -> null;
        };
    if (os == null || cpu == null || (os.equals("darwin") && cpu.equals("386"))) {
      throw new IllegalStateException(
          "there is no embedded Redis for "
              + system
              + " on "
              + architecture
              + "; set snapper.redis.address to a Redis of your own");
    }
    return "redis-server-" + VERSION + "-" + os + "-" + cpu;
  }
}
