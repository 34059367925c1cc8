package io.snapper.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code src/test/native/node.c}, which is preloaded into the nodes: it moves their clocks and lets
 * their connections come from addresses of their own. Compiled once for each JVM.
 */
final class NodeLibrary {
  private static final Path SOURCE = Path.of("src", "test", "native", "node.c");
  private static final Optional<Path> LIBRARY = compile();

  private NodeLibrary() {}

  /** Whether it could be compiled; if not, that was said on the standard output. */
  static boolean isThere() {
    return LIBRARY.isPresent();
  }

  /**
   * Returns the environment of a node's process, empty without the library.
   *
   * @param clock a file that {@link #writeOffset} has written
   * @param address of the loopback network, where its connections come from
   */
  static Map<String, String> environment(Path clock, String address) {
    return LIBRARY
        .map(
            library ->
                Map.of(
                    "LD_PRELOAD",
                    library.toString(),
                    "CHAOS_CLOCK",
                    clock.toAbsolutePath().toString(),
                    "CHAOS_ADDRESS",
                    address))
        .orElse(Map.of());
  }

  /** Says how far the clocks of those processes are from the true time that know this file. */
  static void writeOffset(Path clock, Duration offset) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(0, offset.toSeconds());
    try {
      Files.createDirectories(clock.toAbsolutePath().getParent());
      // Not truncated: a process that reads the mapped file meanwhile would end by SIGBUS.
      try (FileChannel file =
          FileChannel.open(clock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        file.write(bytes, 0);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Optional<Path> compile() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return none("not on Linux");
    }
    try {
      Path directory = Files.createDirectories(Path.of("target", "chaos").toAbsolutePath());
      Path library = directory.resolve("node.so");
      Path log = directory.resolve("node.so.log");
      Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-shared",
                  "-fPIC",
                  "-O2",
                  "-o",
                  library.toString(),
                  SOURCE.toString(),
                  "-ldl")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return compiler.waitFor() == 0 ? Optional.of(library) : none(Files.readString(log));
    } catch (IOException noCompiler) {
      return none("no C compiler: " + noCompiler.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Optional<Path> none(String why) {
    System.out.println("SKIPPED: clock jumps and nodes isolated from a whole Redis: " + why);
    return Optional.empty();
  }
}
