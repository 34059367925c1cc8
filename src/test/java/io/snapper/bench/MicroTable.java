package io.snapper.bench;

import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** What the micro-benchmarks show, as a table of docs/performance.md. */
final class MicroTable {
  private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";

  private final Collection<RunResult> results;

  MicroTable(Collection<RunResult> results) {
    this.results = results;
  }

  String markdown() throws IOException {
    StringBuilder text = new StringBuilder(PerformanceDocument.measured());
    text.append(". Medians of the iterations, (lowest–highest).\n\n");
    text.append("| benchmark | ns | CPU ns | allocated bytes |\n|---|---|---|---|\n");
    results.forEach(result -> row(text, result));
    return text.toString();
  }

  private static void row(StringBuilder text, RunResult result) {
    double bytes = result.getSecondaryResults().get(ALLOCATED_BYTES).getScore();
    text.append("| ").append(name(result.getParams())).append(" | ");
    append(text, result.getPrimaryResult().getStatistics());
    append(text, result.getSecondaryResults().get(CpuProfiler.CPU_NANOS).getStatistics());
    text.append(String.format("%,d |\n", Math.round(bytes)));
  }

  private static void append(StringBuilder text, Statistics ns) {
    text.append(Bench.shown(ns.getPercentile(50)));
    text.append(" (").append(Bench.shown(ns.getMin()));
    text.append('–').append(Bench.shown(ns.getMax())).append(") | ");
  }

  /** Returns class and method, and the parameters if there are any. */
  private static String name(BenchmarkParams params) {
    StringBuilder name = new StringBuilder();
    String[] parts = params.getBenchmark().split("\\.");
    name.append(parts[parts.length - 2].replace("Benchmark", ""));
    name.append('.').append(parts[parts.length - 1]);
    for (String key : params.getParamsKeys()) {
      name.append(", ").append(key).append(' ').append(params.getParam(key));
    }
    return name.toString();
  }
}
