package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The README's command. It builds what it starts, so it runs on a copy of the sources: the tree
 * that this test belongs to is in use.
 */
class RunCommandIT {
  private static final List<String> SOURCES =
      List.of("pom.xml", "mvnw", ".mvn", "lua", "server-config", "src/main");
  private static final String COMMAND = "./mvnw -Prun";

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(4);

  /** From the end of the build, if this machine has nothing else to do: see {@link #startLimit}. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int SIGINT = 2;
  private static final Pattern BUILT = Pattern.compile("--- exec:\\S+:java \\(run\\)");
  private static final Pattern READY = Pattern.compile("Snapper is ready\\.[\\s\\S]* producer {3}");

  private final int httpPort = FreePorts.next();
  private final int producerPort = FreePorts.next();

  @Test
  void shouldStartTheBrokerWithTheDemoAndStopAllOfItByCtrlC() throws Exception {
    assertThat(Files.readString(Path.of("README.md"))).contains("\n" + COMMAND + "\n");
    Path directory = Directories.empty("run-command");
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Directories.copy(SOURCES, tree);

    try (ChildProcess maven = ChildProcess.start(tree, directory, command(directory))) {
      maven.awaitOutput(BUILT, BUILD_LIMIT);
      maven.awaitOutput(READY, startLimit());
      checkAnswers(maven.output());
      checkTokens(maven.output());
      List<ProcessHandle> started = maven.descendants();
      assertThat(started).as("the broker, its Redis").hasSizeGreaterThanOrEqualTo(2);

      maven.signal("INT");
      maven.awaitEnd(STOP_LIMIT);

      // Those between the broker and its Redis may need another moment.
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> assertThat(started).as("left running").noneMatch(ProcessHandle::isAlive));
      assertThat(SimpleClient.isListening(httpPort)).isFalse();
      assertThat(SimpleClient.isListening(producerPort)).isFalse();
      assertThat(maven.output()).doesNotContain("BUILD FAILURE", "[ERROR]");
    }
    Directories.delete(directory.resolve("data"));
    Directories.delete(tree);
  }

  /** A machine with three runnable tasks for each processor takes three times as long. */
  private static Duration startLimit() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage() / system.getAvailableProcessors();
    return START_LIMIT.multipliedBy(Math.max(1, Math.round(load)));
  }

  private List<String> command(Path directory) {
    List<String> command = new ArrayList<>();
    if (ignoresInterrupts()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(List.of(COMMAND.split(" ")));
    command.add("-Dsnapper.http.port=" + httpPort);
    command.add("-Dsnapper.producer.port=" + producerPort);
    command.add("-Dsnapper.data.dir=" + directory.resolve("data"));
    // The surrounding build may have been told to keep its artifacts elsewhere.
    String repository = System.getProperty("localRepository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    return command;
  }

  /**
   * A build that a shell runs in the background is deaf to SIGINT, and so would be what it starts;
   * a person at a terminal has a command that is not.
   */
  private static boolean ignoresInterrupts() {
    Path status = Path.of("/proc/self/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(ignored -> ignored.testBit(SIGINT - 1));
    } catch (IOException noProc) {
      return false;
    }
  }

  private void checkAnswers(String banner) {
    String base = "http://localhost:" + httpPort;
    assertThat(banner)
        .contains(
            "Demo page        " + base + "/",
            "HTTP API         " + base + "/api/v1",
            "Consumers        " + base + "/websocket/",
            "Producers (TCP)  localhost:" + producerPort,
            "Ready?           " + base + "/ready");

    assertThat(SimpleClient.readiness(root())).isEqualTo(200);
    HttpResponse<String> page = SimpleClient.get(root());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Snapper demo</title>", "demo/main.js");
  }

  private void checkTokens(String banner) throws IOException {
    URI root = root();
    HttpResponse<String> pushed =
        SimpleClient.call(
            "POST",
            root.resolve("api/v1/rooms/lobby/messages"),
            "{\"message\":\"hello\"}",
            found(banner, "HTTP API {3}(\\S+)"));
    assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(200);

    String consumer = found(banner, "consumer {3}(\\S+)");
    HttpResponse<String> opened =
        SimpleClient.get(root.resolve("websocket/?EIO=4&transport=polling&token=" + consumer));
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
    assertThat(opened.body()).startsWith("0{\"sid\":");

    URI statistics = URI.create(found(banner, "Statistics {7}(\\S+)"));
    assertThat(SimpleClient.get(statistics).statusCode()).isEqualTo(200);
    SimpleClient.connectProducer(producerPort, found(banner, "producer {3}(\\S+)")).close();
  }

  private URI root() {
    return URI.create("http://localhost:" + httpPort + "/");
  }

  private static String found(String text, String expression) {
    Matcher matcher = Pattern.compile(expression).matcher(text);
    assertThat(matcher.find()).as(expression + " in " + text).isTrue();
    return matcher.group(1);
  }
}
