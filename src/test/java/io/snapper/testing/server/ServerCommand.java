package io.snapper.testing.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How one kind of server is started. */
interface ServerCommand {
  /**
   * Prepares the server's own files.
   *
   * @param jvmOptions what goes before the main class or the jar
   * @param certificate for the HTTPS port, if there is to be one
   * @return the whole command line
   */
  List<String> prepare(
      ServerHome home,
      Ports ports,
      List<String> jvmOptions,
      Optional<ServerCertificate> certificate);

  /** Returns the port that answers {@code /health/ready}. */
  int healthPort(Ports ports);

  /** Finds the log line that ends the start, whatever has become of the deployment. */
  Pattern started();

  /** Finds the log line after which a deployment can't succeed any more. */
  Pattern failure();

  /** The free ports of one server; the last one is for what isn't meant for clients. */
  record Ports(int http, int https, int management) {}
}
