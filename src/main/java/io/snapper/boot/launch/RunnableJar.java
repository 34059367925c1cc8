package io.snapper.boot.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The start of {@code snapper.jar}: the token command, or Payara Micro's own start, but ending the
 * process with an error when the broker could not be started. Payara Micro alone would go on,
 * empty, after a wrong setting, and end with a stack trace and the status of success if its port is
 * in use.
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

  private static final String PORT_OPTION = "--port";
  private static final String HTTPS_PORT_OPTION = "--sslport";

  private static final String LOOK_ABOVE = "The server's messages above say why.";

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
    try {
      Class.forName("fish.payara.micro.impl.PayaraMicroImpl")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException failure) {
      end(
          portInUse(List.of(arguments))
              .or(RunnableJar::brokersReason)
              .orElse(LOOK_ABOVE + " " + failure.getCause()));
    }
    if (System.getProperty(STARTED) == null) {
      end(brokersReason().orElse(LOOK_ABOVE));
    }
  }

  private static Optional<String> brokersReason() {
    return Optional.ofNullable(System.getProperty(FAILURE));
  }

  private static void end(String reason) {
    System.err.println("Snapper could not be started. " + reason);
    System.exit(FAULTY_CONFIGURATION);
  }

  /** Payara Micro says that an address is in use, but not which one. */
  private static Optional<String> portInUse(List<String> arguments) {
    return refused(arguments, PORT_OPTION)
        .map(
            fault ->
                "HTTP port "
                    + fault
                    + ". Choose another by --port, or by -Dsnapper.http.port with ./mvnw -Prun.")
        .or(
            () ->
                refused(arguments, HTTPS_PORT_OPTION)
                    .map(fault -> "HTTPS port " + fault + ". Choose another by --sslport."));
  }

  /** Returns the port that the option names and why it can't be listened on, if it can't. */
  private static Optional<String> refused(List<String> arguments, String option) {
    // Payara Micro takes its options in any case.
    int index =
        arguments.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList().indexOf(option) + 1;
    if (index == 0 || index == arguments.size()) {
      return Optional.empty();
    }
    String port = arguments.get(index);
    try {
      new ServerSocket(Integer.parseInt(port)).close();
      return Optional.empty();
    } catch (IOException | IllegalArgumentException refused) {
      return Optional.of(port + ": " + refused.getMessage());
    }
  }
}
