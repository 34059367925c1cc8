package io.snapper.boot;

import io.snapper.boot.launch.RunnableJar;
import java.util.function.Supplier;

/**
 * Tells the runnable jar whether the broker was started: Payara Micro calls an application deployed
 * that it could not load, and goes on without it.
 */
final class StartReport {
  private StartReport() {}

  /** Makes what a start needs; if that fails, the operator is told why. */
  static <T> T reporting(Supplier<T> needed) {
    try {
      return needed.get();
    } catch (RuntimeException failure) {
      System.setProperty(RunnableJar.FAILURE, rootMessage(failure));
      throw failure;
    }
  }

  static void started() {
    System.clearProperty(RunnableJar.FAILURE);
    System.setProperty(RunnableJar.STARTED, "true");
  }

  static void stopped() {
    System.clearProperty(RunnableJar.STARTED);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
