package io.snapper.bench;

import java.util.ArrayList;
import java.util.List;

/** A table of a document, with a heading. */
final class MeasuredTable {
  private final String heading;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  MeasuredTable(String heading, String... columns) {
    this.heading = heading;
    this.columns = List.of(columns);
  }

  /** Adds a row: texts as they are, numbers as they are shown elsewhere. */
  void add(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Double number ? shown(number) : cell.toString());
    }
    rows.add(row);
    System.out.println("=== " + row);
  }

  private static String shown(double value) {
    return Double.isNaN(value) ? "–" : Bench.shown(value);
  }

  String markdown() {
    StringBuilder text = new StringBuilder("**" + heading + "**\n\n");
    line(text, columns);
    line(text, columns.stream().map(column -> "---").toList());
    rows.forEach(row -> line(text, row));
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
