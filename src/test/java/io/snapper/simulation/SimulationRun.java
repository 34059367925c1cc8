package io.snapper.simulation;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * Runs seeds without a test framework: {@code SimulationRun [seeds [from [faults]]]}. Prints the
 * first line of each run that broke a promise, and at the end how many did. The exit code is 1 if
 * any did.
 */
final class SimulationRun {
  private static final long DEFAULT_SEEDS = 2_000;
  private static final Logger ENGINE_LOG = Logger.getLogger("io.snapper.core");

  private SimulationRun() {}

  public static void main(String[] arguments) {
    ENGINE_LOG.setLevel(Level.OFF);
    long seeds = arguments.length > 0 ? Long.parseLong(arguments[0]) : DEFAULT_SEEDS;
    long from = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Scenario.Faults faults = arguments.length > 2 ? Scenario.Faults.valueOf(arguments[2]) : null;
    long broken =
        LongStream.range(from, from + seeds)
            .parallel()
            .mapToObj(seed -> Simulation.check(seed, faults))
            .flatMap(Optional::stream)
            .peek(text -> System.out.println(text.lines().findFirst().orElse("")))
            .count();
    System.out.println(broken + " of " + seeds + " runs broke a promise");
    System.exit(broken == 0 ? 0 : 1);
  }
}
