package io.snapper.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Runs what must not end its thread, or stop what comes after it, for everybody else. */
public final class Guarded {
  private Guarded() {}

  /**
   * Runs the task. A fault goes to the log and no further; what says that the JVM itself is in
   * trouble does.
   *
   * @param what says what has failed
   */
  public static void run(Runnable task, Logger log, Supplier<String> what) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError fault) {
      log.log(Level.ERROR, what.get(), fault);
    }
  }
}
