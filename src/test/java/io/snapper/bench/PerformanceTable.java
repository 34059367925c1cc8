package io.snapper.bench;

import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The medians as a table, put into docs/performance.md between its two marks. */
final class PerformanceTable {
  private static final Path DOCUMENT = Path.of("docs", "performance.md");
  private static final String BEGIN = "<!-- measured -->";
  private static final String END = "<!-- /measured -->";

  private final Map<Shape, Map<ServerKind, Map<String, List<Double>>>> results;
  private final List<ServerKind> kinds;
  private final int rounds;

  PerformanceTable(
      Map<Shape, Map<ServerKind, Map<String, List<Double>>>> results,
      List<ServerKind> kinds,
      int rounds) {
    this.results = results;
    this.kinds = kinds;
    this.rounds = rounds;
  }

  String markdown() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("Measured on ").append(LocalDate.now()).append(": ").append(machine());
    text.append(". Medians of ")
        .append(rounds)
        .append(" rounds, (lowest–highest); ✗ misses the target.\n\n");
    text.append("| shape | figure |");
    kinds.forEach(kind -> text.append(' ').append(name(kind)).append(" | target |"));
    text.append("\n|---|---|").append("---|---|".repeat(kinds.size())).append('\n');
    results.forEach((shape, byKind) -> shape.figures().forEach(figure -> row(text, shape, figure)));
    return text.toString();
  }

  private void row(StringBuilder text, Shape shape, Shape.Figure figure) {
    text.append("| ").append(shape.title()).append(" | ").append(figure.label()).append(" |");
    for (ServerKind kind : kinds) {
      Map<String, List<Double>> measured = results.get(shape).get(kind);
      List<Double> values = measured.getOrDefault(figure.name(), List.of(Double.NaN));
      double median = Bench.median(values);
      text.append(' ').append(Bench.shown(median));
      text.append(" (").append(Bench.range(values)).append(')');
      text.append(figure.isReached(kind, median) ? "" : " ✗");
      text.append(measured.containsKey("flawed") ? " **messages lost or repeated**" : "");
      text.append(" | ").append(figure.relation()).append(' ');
      text.append(Bench.shown(figure.targets().get(kind))).append(" |");
    }
    text.append('\n');
  }

  /** Replaces what is between the marks. */
  void write() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    Files.writeString(
        DOCUMENT, document.substring(0, begin) + "\n" + markdown() + document.substring(end));
  }

  private static String name(ServerKind kind) {
    return kind == ServerKind.WILDFLY ? "WildFly" : "Payara Micro";
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return Runtime.getRuntime().availableProcessors()
        + " cores ("
        + processor
        + "), JDK "
        + Runtime.version().feature()
        + ", everything on one machine";
  }
}
