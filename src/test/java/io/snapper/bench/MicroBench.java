package io.snapper.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the micro-benchmarks, which are the classes {@code *Benchmark}, each in a JVM with the
 * options of the servers', and writes the medians.
 *
 * <p>{@code -Dbench.micro} (a regular expression) chooses some by their names, and then nothing is
 * written; {@code -Dbench.micro=false} chooses none. {@code -Dbench.forks} (1) is how many JVMs
 * measure each.
 */
public final class MicroBench {
  private static final String ALL = "Benchmark\\.";

  private MicroBench() {}

  /** Runs everything; takes about four minutes. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    String chosen = System.getProperty("bench.micro", ALL);
    if (chosen.equals("false")) {
      return;
    }
    int forks = Integer.getInteger("bench.forks", 1);
    nameClassPath();
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(chosen)
                    .mode(Mode.AverageTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(forks)
                    .jvmArgs(Bench.JVM.toArray(String[]::new))
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.milliseconds(400))
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuProfiler.class)
                    .shouldFailOnError(true)
                    .build())
            .run();
    String table = new MicroTable(results).markdown();
    System.out.println(table);
    if (chosen.equals(ALL)) {
      PerformanceDocument.replace("micro", table);
    }
  }

  /**
   * Says where our classes are, which the benchmarks' JVMs get to know from this property: within
   * Maven it names Maven's own.
   */
  private static void nameClassPath() {
    if (MicroBench.class.getClassLoader() instanceof URLClassLoader loader) {
      System.setProperty(
          "java.class.path",
          Arrays.stream(loader.getURLs())
              .map(MicroBench::path)
              .collect(Collectors.joining(File.pathSeparator)));
    }
  }

  private static String path(URL url) {
    return Path.of(URI.create(url.toString())).toString();
  }
}
