package io.snapper.testing.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to one process, as the command {@code kill} does. */
public final class Signals {
  private Signals() {}

  /** The process stands still; its connections stay open. */
  public static void pause(long processId) {
    send("STOP", processId);
  }

  /** The process goes on. */
  public static void resume(long processId) {
    send("CONT", processId);
  }

  /**
   * Sends a signal.
   *
   * @param name without "SIG": "INT", "TERM"
   * @throws IllegalStateException if there is no such process
   */
  public static void send(String name, long processId) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(processId)).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + status);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
