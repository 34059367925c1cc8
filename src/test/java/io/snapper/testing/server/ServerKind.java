package io.snapper.testing.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The servers that Snapper is tested on. */
public enum ServerKind {
  PAYARA_MICRO(new PayaraMicro()),
  WILDFLY(new WildFly());

  /** A small heap and a quick start; measurements of speed pass other options. */
  private static final List<String> QUICK_START =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final ServerCommand server;

  ServerKind(ServerCommand server) {
    this.server = server;
  }

  /** Starts a server with these settings and waits until it is ready. */
  public RunningServer start(Map<String, String> settings) {
    return start(settings, QUICK_START);
  }

  /** Starts a server with these settings and options of its JVM, and waits until it is ready. */
  public RunningServer start(Map<String, String> settings, List<String> jvmOptions) {
    return ready(launch(settings, jvmOptions, Map.of(), Optional.empty()));
  }

  /** Starts a server that has an HTTPS port, too, as the operators' documents say. */
  public RunningServer startWithTls(Map<String, String> settings, ServerCertificate certificate) {
    return ready(launch(settings, QUICK_START, Map.of(), Optional.of(certificate)));
  }

  private static RunningServer ready(RunningServer started) {
    try {
      started.awaitReady();
      return started;
    } catch (RuntimeException failure) {
      started.close();
      throw failure;
    }
  }

  /** Starts a server with these settings and returns at once: it may never become ready. */
  public RunningServer launch(Map<String, String> settings) {
    return launch(settings, QUICK_START, Map.of(), Optional.empty());
  }

  /** The same with more of an environment. */
  public RunningServer launch(Map<String, String> settings, Map<String, String> environment) {
    return launch(settings, QUICK_START, environment, Optional.empty());
  }

  private RunningServer launch(
      Map<String, String> settings,
      List<String> jvmOptions,
      Map<String, String> environment,
      Optional<ServerCertificate> certificate) {
    ServerHome home = ServerHome.create(name().toLowerCase(Locale.ROOT));
    Map<String, String> all = new TreeMap<>(settings);
    all.putIfAbsent("snapper.producer.port", Integer.toString(FreePorts.next()));
    all.putIfAbsent("snapper.data.dir", home.data().toString());
    return ServerProcess.start(server, home, all, jvmOptions, environment, certificate);
  }
}
