package io.snapper.boot.launch;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The start of {@code snapper.jar}: the token command, or Payara Micro's own start, but ending the
 * process when the broker could not be started. Payara Micro alone would go on, empty, after a
 * wrong setting.
 *
 * <p>By reflection: Payara's classes are in the runnable jar and in no dependency of the build.
 */
public final class RunnableJar {
  /** The system property that is there while the broker runs. */
  public static final String STARTED = "io.snapper.start.succeeded";

  /** The system property in which the broker, which runs in another class loader, says why not. */
  public static final String FAILURE = "io.snapper.start.failure";

  /** What {@code sysexits.h} calls a fault of the configuration. */
  private static final int FAULTY_CONFIGURATION = 78;

  private RunnableJar() {}

  /**
   * Starts the server and returns when it runs.
   *
   * @param arguments the options of Payara Micro; or {@code token} and what the token command takes
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    if (arguments.length > 0 && arguments[0].equals(TokenTool.NAME)) {
      Path jar = Path.of(System.getProperty("java.class.path"));
      TokenTool.run(jar, arguments);
      return;
    }
    Class.forName("fish.payara.micro.impl.PayaraMicroImpl")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
    if (System.getProperty(STARTED) == null) {
      System.err.println(
          "Snapper could not be started. "
              + System.getProperty(FAILURE, "The server's messages above say why."));
      System.exit(FAULTY_CONFIGURATION);
    }
  }
}
