package io.snapper.testing.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks another JVM of this machine, by the JDK's {@code jcmd}. */
public final class Jcmd {
  private Jcmd() {}

  /**
   * Returns the JVM's answer to a command.
   *
   * @throws IOException with the answer if it is a refusal
   */
  public static String answer(long processId, String command) throws IOException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process jcmd =
        new ProcessBuilder(program.toString(), Long.toString(processId), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (jcmd.waitFor() != 0) {
        throw new IOException("jcmd " + command + ": " + answer);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
    return answer;
  }
}
