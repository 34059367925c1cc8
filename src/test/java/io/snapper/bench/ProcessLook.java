package io.snapper.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  static double heapKibAfterCollection(long process) throws IOException, InterruptedException {
    // What waits for a finalizer or a cleaner goes with the second one.
    command(process, "GC.run");
    command(process, "GC.run");
    return HEAP.matcher(command(process, "GC.heap_info"))
        .results()
        .mapToDouble(part -> Double.parseDouble(part.group(1)))
        .sum();
  }

  private static String command(long process, String command)
      throws IOException, InterruptedException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process jcmd =
        new ProcessBuilder(program.toString(), Long.toString(process), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + answer);
    }
    return answer;
  }
}
