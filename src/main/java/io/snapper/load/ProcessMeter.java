package io.snapper.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what processes have used, from Linux' /proc. */
final class ProcessMeter {
  /** Linux counts in hundredths of a second, whatever its clock's frequency. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private final List<Long> processes;

  ProcessMeter(List<Long> processes) {
    this.processes = processes;
  }

  /**
   * What each process had used at a moment.
   *
   * @param cpuNanos the time of all its threads
   * @param residentKib what it holds in memory
   */
  record Reading(List<Long> cpuNanos, List<Long> residentKib) {
    /** Returns the CPU time since an earlier reading, of each process. */
    List<Long> cpuSince(Reading earlier) {
      List<Long> since = new ArrayList<>();
      for (int index = 0; index < cpuNanos.size(); index++) {
        since.add(cpuNanos.get(index) - earlier.cpuNanos.get(index));
      }
      return since;
    }

    long residentKibSum() {
      return residentKib.stream().mapToLong(Long::longValue).sum();
    }
  }

  static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  /** Returns what they have used up to now; a process that has ended has used nothing. */
  Reading read() {
    List<Long> cpu = new ArrayList<>();
    List<Long> resident = new ArrayList<>();
    for (long process : processes) {
      cpu.add(cpuNanos(process));
      resident.add(residentKib(process));
    }
    return new Reading(cpu, resident);
  }

  private static long cpuNanos(long process) {
    String line = text(process, "stat");
    if (line.isEmpty()) {
      return 0;
    }
    // The name, in brackets, may hold anything.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
        * NANOS_PER_TICK;
  }

  private static long residentKib(long process) {
    return text(process, "status")
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static String text(long process, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process), file));
    } catch (IOException gone) {
      return "";
    }
  }
}
