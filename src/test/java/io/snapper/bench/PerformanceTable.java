package io.snapper.bench;

import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The medians as a table of docs/performance.md. */
final class PerformanceTable {
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
    text.append(PerformanceDocument.measuredWithRedis())
        .append(". Medians of ")
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
      text.append(" | ").append(target(figure, kind)).append(" |");
    }
    text.append('\n');
  }

  void write() throws IOException {
    PerformanceDocument.replace("measured", markdown());
  }

  private static String target(Shape.Figure figure, ServerKind kind) {
    return figure.targets().isEmpty()
        ? "–"
        : figure.relation() + " " + Bench.shown(figure.targets().get(kind));
  }

  private static String name(ServerKind kind) {
    return kind == ServerKind.WILDFLY ? "WildFly" : "Payara Micro";
  }
}
