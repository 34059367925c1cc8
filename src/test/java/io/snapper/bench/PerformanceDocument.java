package io.snapper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** docs/performance.md and others, which measurements write their tables into. */
final class PerformanceDocument {
  private static final Path PATH = Path.of("docs", "performance.md");

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
}
