package io.snapper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** How long a JVM has stood still to collect garbage, from its log. */
final class CollectionPauses {
  private static final Pattern PAUSE = Pattern.compile("\\bPause .* ([\\d.]+)ms");

  private final Path log;

  /**
   * Looks at a log that the JVM writes anew.
   *
   * @param log without spaces in its path
   */
  CollectionPauses(Path log) {
    this.log = log.toAbsolutePath();
  }

  /** Returns the JVM's option. */
  String option() {
    return "-Xlog:gc:file=" + log + "::filecount=0";
  }

  /** Returns how many there were. */
  int count() throws IOException {
    return (int) pausesMs().count();
  }

  /** Returns the longest one but for the first {@code count}; 0 if there was none. */
  double longestMsSince(int count) throws IOException {
    return pausesMs().skip(count).max().orElse(0);
  }

  private DoubleStream pausesMs() throws IOException {
    return PAUSE
        .matcher(Files.readString(log))
        .results()
        .mapToDouble(pause -> Double.parseDouble(pause.group(1)));
  }
}
