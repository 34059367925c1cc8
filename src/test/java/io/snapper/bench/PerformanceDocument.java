package io.snapper.bench;

import io.snapper.testing.server.TestRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/performance.md and others, which measurements write their tables into. */
final class PerformanceDocument {
  private static final Path PATH = Path.of("docs", "performance.md");
  private static final Pattern REDIS_VERSION =
      Pattern.compile("^(?<name>\\w+) server v=(?<version>\\S+) .*malloc=(?<malloc>\\S+)");

  private PerformanceDocument() {}

  /** Replaces what is between the marks {@code <!-- name -->} and {@code <!-- /name -->}. */
  static void replace(String name, String markdown) throws IOException {
    replace(PATH, name, markdown);
  }

  /** Does the same in another document. */
  static void replace(Path path, String name, String markdown) throws IOException {
    String document = Files.readString(path);
    String mark = "<!-- " + name + " -->";
    int begin = document.indexOf(mark) + mark.length();
    int end = document.indexOf("<!-- /" + name + " -->");
    Files.writeString(
        path, document.substring(0, begin) + "\n" + markdown + document.substring(end));
  }

  /** Returns when and on what something was measured: the begin of a sentence. */
  static String measured() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return "Measured on "
        + LocalDate.now()
        + ": "
        + Runtime.getRuntime().availableProcessors()
        + " cores ("
        + processor
        + "), JDK "
        + Runtime.version().feature();
  }

  /** Returns the same for what was measured with Redis and the load beside it. */
  static String measuredWithRedis() throws IOException {
    return measured() + ", " + redis() + ", everything on one machine";
  }

  /** Returns name, version and allocator, of which the last is what makes it fast or slow. */
  private static String redis() throws IOException {
    Process process = new ProcessBuilder(TestRedis.program(), "--version").start();
    try (BufferedReader output = process.inputReader()) {
      String line = String.valueOf(output.readLine());
      Matcher said = REDIS_VERSION.matcher(line);
      return said.find()
          ? said.group("name") + " " + said.group("version") + " (" + said.group("malloc") + ")"
          : line;
    }
  }
}
