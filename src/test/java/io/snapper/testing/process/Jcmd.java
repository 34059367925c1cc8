package io.snapper.testing.process;

import java.io.IOException;
import java.util.List;

/** Asks another JVM of this machine, by the JDK's {@code jcmd}. */
public final class Jcmd {
  private Jcmd() {}

  /**
   * Returns the JVM's answer to a command.
   *
   * @throws IOException with the answer if it is a refusal
   */
  public static String answer(long processId, String command) throws IOException {
    return JdkProgram.run("jcmd", List.of(Long.toString(processId), command));
  }
}
