package io.snapper.testing.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM of this machine can't let go of, by the JDK's {@code jcmd}. */
public final class LiveHeap {
  private static final Pattern BYTE_ARRAYS = Pattern.compile("\\d+:\\s+\\d+\\s+(\\d+)\\s+\\[B ");

  private LiveHeap() {}

  /** Lets the JVM collect its garbage; returns how many bytes its byte arrays have then. */
  public static long byteArrays(long processId) throws IOException {
    String histogram = command(processId, "GC.class_histogram");
    Matcher found = BYTE_ARRAYS.matcher(histogram);
    if (!found.find()) {
      throw new IOException(histogram);
    }
    return Long.parseLong(found.group(1));
  }

  /**
   * Returns the JVM's answer to a command.
   *
   * @throws IOException with the answer if it is a refusal
   */
  public static String command(long processId, String command) throws IOException {
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
