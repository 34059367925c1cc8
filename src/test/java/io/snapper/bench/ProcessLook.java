package io.snapper.bench;

import io.snapper.testing.process.Jcmd;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a process of this machine uses, as Linux and its JVM tell it. */
final class ProcessLook {
  /** A part of the heap; the metaspace has no total. */
  private static final Pattern HEAP = Pattern.compile("total \\d+K, used (\\d+)K");

  private ProcessLook() {}

  /** Returns the CPU time of all threads up to now, in seconds. */
  static double cpuSeconds(long process) {
    return ProcessHandle.of(process).orElseThrow().info().totalCpuDuration().orElseThrow().toNanos()
        / 1e9;
  }

  static double residentKib(long process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .sum();
  }

  static int openFiles(long process) {
    String[] files = new File("/proc/" + process + "/fd").list();
    return files == null ? 0 : files.length;
  }

  /** Lets a JVM collect its garbage and returns what is left. */
  static double heapKibAfterCollection(long process) throws IOException {
    // What waits for a finalizer or a cleaner goes with the second one.
    Jcmd.answer(process, "GC.run");
    Jcmd.answer(process, "GC.run");
    return HEAP.matcher(Jcmd.answer(process, "GC.heap_info"))
        .results()
        .mapToDouble(part -> Double.parseDouble(part.group(1)))
        .sum();
  }
}
