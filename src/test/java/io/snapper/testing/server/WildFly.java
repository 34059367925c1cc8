package io.snapper.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The WildFly that the build unpacked, configured once by {@code server-config/wildfly}. */
final class WildFly implements ServerCommand {
  private static final Path SCRIPT = Path.of("server-config", "wildfly", "configure.cli");
  private static final Path TLS_SCRIPT = Path.of("server-config", "wildfly", "tls.cli");
  private static final Pattern STARTED = Pattern.compile("WFLYSRV002[56]");
  private static final Pattern FAILURE =
      Pattern.compile("(WFLYSRV0026|WFLYCTL0013|WFLYSRV0021|WFLYSRV0056)[^\\n]*");

  /** JDK 24 does not start with a security manager allowed (JEP 486). */
  private static final int FIRST_WITHOUT_SECURITY_MANAGER = 24;

  private static final List<String> OPENED_PACKAGES =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.security",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.management/javax.management",
          "java.naming/javax.naming");
  private static final List<String> EXPORTED_PACKAGES =
      List.of(
          "java.desktop/sun.awt",
          "java.naming/com.sun.jndi.ldap",
          "java.naming/com.sun.jndi.url.ldap",
          "java.naming/com.sun.jndi.url.ldaps",
          "jdk.naming.dns/com.sun.jndi.dns");
  private static final long CONFIGURE_LIMIT_SECONDS = 180;

  @Override
  public List<String> prepare(
      ServerHome home,
      Ports ports,
      List<String> jvmOptions,
      Optional<ServerCertificate> certificate) {
    Path distribution = distribution();
    List<String> options = new ArrayList<>(jvmOptions);
    try {
      configure(distribution);
      Path base = home.server();
      ServerHome.copy(
          distribution.resolve("standalone/configuration"), base.resolve("configuration"));
      Path deployments = Files.createDirectories(base.resolve("deployments"));
      Files.copy(ServerHome.built("snapper.war"), deployments.resolve("snapper.war"));
      if (certificate.isPresent()) {
        runScript(distribution, TLS_SCRIPT, base, home.directory().resolve("tls.log"));
        options.add("-Dtls.keystore=" + certificate.get().keyStore());
        options.add("-Dtls.keystore.password=" + ServerCertificate.PASSWORD);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return command(home, ports, options, distribution);
  }

  @Override
  public int healthPort(Ports ports) {
    return ports.management();
  }

  @Override
  public Pattern started() {
    return STARTED;
  }

  @Override
  public Pattern failure() {
    return FAILURE;
  }

  /** What bin/standalone.sh does, without the shell: its process would hide the server's. */
  private static List<String> command(
      ServerHome home, Ports ports, List<String> jvmOptions, Path distribution) {
    Path base = home.server();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    OPENED_PACKAGES.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    EXPORTED_PACKAGES.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
    if (Runtime.version().feature() < FIRST_WITHOUT_SECURITY_MANAGER) {
      command.add("-Djava.security.manager=allow");
    }
    command.add("-Djboss.modules.system.pkgs=org.jboss.byteman");
    command.add("-Djava.awt.headless=true");
    command.add("-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"));
    command.add(
        "-Dlogging.configuration=" + base.resolve("configuration/logging.properties").toUri());
    command.addAll(List.of("-jar", distribution.resolve("jboss-modules.jar").toString()));
    command.addAll(List.of("-mp", distribution.resolve("modules").toString()));
    command.add("org.jboss.as.standalone");
    command.add("-Djboss.home.dir=" + distribution);
    command.add("-Djboss.server.base.dir=" + base);
    command.add("-Djboss.http.port=" + ports.http());
    command.add("-Djboss.https.port=" + ports.https());
    command.add("-Djboss.management.http.port=" + ports.management());
    command.add("-Djboss.tx.node.id=" + ports.http());
    return command;
  }

  private static Path distribution() {
    try (Stream<Path> found = Files.list(ServerHome.built("wildfly"))) {
      return found
          .filter(path -> Files.exists(path.resolve("jboss-modules.jar")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no WildFly under target/wildfly"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Runs the operator's script, unless nothing has changed since it ran here. */
  private static synchronized void configure(Path distribution) throws IOException {
    Path applied = distribution.resolveSibling("applied.sha256");
    if (Files.exists(applied) && Files.readString(applied).equals(digest(distribution))) {
      return;
    }
    runScript(
        distribution,
        SCRIPT,
        distribution.resolve("standalone"),
        distribution.resolveSibling("configure.log"));
    Files.writeString(applied, digest(distribution));
  }

  private static void runScript(Path distribution, Path script, Path base, Path output)
      throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                distribution.resolve("bin/jboss-cli.sh").toString(),
                "--file=" + script.toAbsolutePath())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("JAVA_OPTS", "-Djboss.server.base.dir=" + base);
    Process process = command.start();
    try {
      if (!process.waitFor(CONFIGURE_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(script + " failed:\n" + Files.readString(output));
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Of the script and of what it changes: the build may unpack the distribution again. */
  private static String digest(Path distribution) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(SCRIPT));
      digest.update(
          Files.readAllBytes(distribution.resolve("standalone/configuration/standalone.xml")));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
