package io.snapper.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The runnable jar: Payara Micro with the WAR and the files of {@code server-config/payara}. */
final class PayaraMicro implements ServerCommand {
  private static final Path LOGGING = Path.of("server-config", "payara", "logging.properties");

  /**
   * Only from here on does Payara end on SIGTERM; earlier, its stop and its start block each other.
   */
  private static final Pattern STARTED = Pattern.compile("Payara Micro .* ready in");

  private static final Pattern FAILURE =
      Pattern.compile("Exception (while loading|during lifecycle|while preparing)[^\\n]*");

  @Override
  public List<String> prepare(
      ServerHome home,
      Ports ports,
      List<String> jvmOptions,
      Optional<ServerCertificate> certificate) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    certificate.ifPresent(
        given -> {
          command.add("-Djavax.net.ssl.keyStore=" + given.keyStore());
          command.add("-Djavax.net.ssl.keyStorePassword=" + ServerCertificate.PASSWORD);
        });
    command.addAll(List.of("-jar", ServerHome.built("snapper.jar").toString()));
    command.addAll(List.of("--port", Integer.toString(ports.http())));
    if (certificate.isPresent()) {
      command.addAll(List.of("--sslport", Integer.toString(ports.https())));
      command.addAll(List.of("--sslcert", ServerCertificate.ALIAS));
    }
    command.addAll(List.of("--logproperties", tellingTheStart(home).toString()));
    return command;
  }

  /** Operators need no line that says when Payara's start has ended, but tests do. */
  private static Path tellingTheStart(ServerHome home) {
    Path file = home.server().resolve("logging.properties");
    try {
      String operators = Files.readString(LOGGING);
      Files.writeString(file, operators + System.lineSeparator() + "PayaraMicro.level=INFO");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return file;
  }

  @Override
  public int healthPort(Ports ports) {
    return ports.http();
  }

  @Override
  public Pattern started() {
    return STARTED;
  }

  @Override
  public Pattern failure() {
    return FAILURE;
  }
}
