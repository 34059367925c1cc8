package io.snapper.testing.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The runnable jar: Payara Micro with the WAR and the files of {@code server-config/payara}. */
final class PayaraMicro implements ServerCommand {
  private static final Pattern STARTED = Pattern.compile("Loading application \\[ROOT\\] at");
  private static final Pattern FAILURE =
      Pattern.compile("Exception (while loading|during lifecycle|while preparing)[^\\n]*");

  @Override
  public List<String> prepare(ServerHome home, Ports ports, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", ServerHome.built("snapper.jar").toString()));
    command.addAll(List.of("--port", Integer.toString(ports.http())));
    return command;
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
