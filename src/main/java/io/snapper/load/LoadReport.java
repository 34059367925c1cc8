package io.snapper.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What was measured, by name, in the order in which it is shown. */
final class LoadReport {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a number, shown with at most three digits behind the point. */
  void add(String name, double value) {
    values.put(name, Math.rint(value * 1000) / 1000);
  }

  void add(String name, long value) {
    values.put(name, value);
  }

  void addList(String name, List<Double> list) {
    values.put(name, list.stream().map(value -> Math.rint(value * 1000) / 1000).toList());
  }

  /** Adds the percentiles of a histogram of nanoseconds, in ms. */
  void addMilliseconds(String name, Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return;
    }
    for (double percentile : new double[] {50, 90, 99, 99.9}) {
      String label = percentile == Math.rint(percentile) ? "%.0f" : "%.1f";
      add(
          name + "P" + String.format(Locale.ROOT, label, percentile) + "Ms",
          nanos.getValueAtPercentile(percentile) / 1e6);
    }
    add(name + "MaxMs", nanos.getMaxValue() / 1e6);
  }

  /** Returns whether no message is missing, and none came twice or out of order. */
  boolean isFlawless() {
    return List.of("missing", "repeated", "skipped").stream()
        .allMatch(name -> Long.valueOf(0).equals(values.get(name)));
  }

  String text() {
    return values.entrySet().stream()
        .map(entry -> String.format("%-30s %s", entry.getKey(), shown(entry.getValue())))
        .collect(Collectors.joining("\n"));
  }

  String json() {
    return values.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":" + shown(entry.getValue()).replace(" ", ""))
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static String shown(Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString(number.longValue());
    }
    if (value instanceof List<?> list) {
      return list.stream().map(LoadReport::shown).toList().toString();
    }
    return value.toString();
  }
}
