package io.snapper.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows that the faults which need the library happen: else a run through them would say nothing.
 */
class NodeLibraryIT {
  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final List<Integer> OFFSETS_HOURS = List.of(0, 2, -2, 0);

  @TempDir private Path directory;

  /** Says for each line what time it is; at the end connects to the port that it was given. */
  static final class Jvm {
    private Jvm() {}

    public static void main(String[] arguments) throws IOException {
      int port = Integer.parseInt(arguments[0]);
      byte[] question = new byte[64];
      System.out.println("started");
      for (int index = 0; index < OFFSETS_HOURS.size(); index++) {
        int length = System.in.read(question);
        System.out.println(length > 0 ? System.currentTimeMillis() : 0);
      }
      new Socket(InetAddress.getByName("127.0.0.1"), port).close();
    }
  }

  @Test
  void shouldMoveTheClockOfARunningJvmAndChooseWhereItConnectsFrom() throws IOException {
    assumeTrue(NodeLibrary.isThere());
    Path clock = directory.resolve("clock");
    NodeLibrary.writeOffset(clock, Duration.ZERO);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Process jvm = start(server.getLocalPort(), clock, "127.0.0.77");
      try (BufferedReader answers = jvm.inputReader(StandardCharsets.UTF_8);
          BufferedWriter questions = jvm.outputWriter(StandardCharsets.UTF_8)) {
        answers.readLine();
        for (long hours : OFFSETS_HOURS) {
          NodeLibrary.writeOffset(clock, Duration.ofHours(hours));
          questions.write("now?");
          questions.newLine();
          questions.flush();
          long errorMs = Long.parseLong(answers.readLine()) - System.currentTimeMillis();

          assertThat(Duration.ofMillis(errorMs)).isCloseTo(Duration.ofHours(hours), TOLERANCE);
        }

        try (Socket connection = server.accept()) {
          assertThat(connection.getInetAddress().getHostAddress()).isEqualTo("127.0.0.77");
        }
      } finally {
        jvm.destroyForcibly();
      }
    }
  }

  private static Process start(int port, Path clock, String address) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "test-classes").toString(),
                Jvm.class.getName(),
                Integer.toString(port)));
    builder.environment().putAll(NodeLibrary.environment(clock, address));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
