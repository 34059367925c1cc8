package io.snapper.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a run, step by step; written only if somebody wants to read it. */
final class Trace {
  private final boolean isKept;
  private final List<String> lines = new ArrayList<>();

  Trace(boolean isKept) {
    this.isKept = isKept;
  }

  void add(Supplier<String> line) {
    if (isKept) {
      lines.add(line.get());
    }
  }

  List<String> lines() {
    return lines;
  }

  /** Returns the last lines as a text. */
  String tail(int count) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
