package io.snapper.simulation;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One run: everything in it follows from the seed. */
final class Simulation {
  private static final int TAIL_LINES = 120;
  private static final int MAX_STEPS_BETWEEN = 40;
  private static final int ACTIONS_PER_COUNT = 8;

  private final Trace trace;
  private final SplittableRandom random;
  private final World world;

  private Simulation(long seed, Scenario.Faults faults, boolean isTraced) {
    trace = new Trace(isTraced);
    random = new SplittableRandom(seed);
    Scenario scenario = Scenario.of(random, faults);
    trace.add(() -> "seed " + seed + ": " + scenario);
    world = new World(random, scenario, trace);
  }

  /**
   * Runs a seed.
   *
   * @param faults what may go wrong, or null to let the seed choose
   * @return the seed, the broken promise and the end of the trace, if one was broken
   */
  static Optional<String> check(long seed, Scenario.Faults faults) {
    try {
      new Simulation(seed, faults, false).run();
      return Optional.empty();
    } catch (RuntimeException | AssertionError broken) {
      return Optional.of(describe(seed, faults, broken));
    }
  }

  private static String describe(long seed, Scenario.Faults faults, Throwable broken) {
    Simulation again = new Simulation(seed, faults, true);
    try {
      again.run();
    } catch (RuntimeException | AssertionError sameAgain) {
      return "seed "
          + seed
          + ": "
          + sameAgain
          + "\nreplay: -Dsimulation.seed="
          + seed
          + (faults == null ? "" : " -Dsimulation.faults=" + faults)
          + "\n"
          + again.trace.lines().get(0)
          + "\n"
          + again.trace.tail(TAIL_LINES);
    }
    return "seed " + seed + " failed once and not again: " + broken;
  }

  /** Runs a seed and returns its steps; a broken promise is the last line. */
  static List<String> trace(long seed, Scenario.Faults faults) {
    Simulation simulation = new Simulation(seed, faults, true);
    try {
      simulation.run();
      simulation.trace.add(() -> "all in order");
    } catch (RuntimeException | AssertionError broken) {
      simulation.trace.add(() -> "BROKEN: " + broken);
      for (StackTraceElement element : broken.getStackTrace()) {
        simulation.trace.add(() -> "    at " + element);
      }
    }
    return simulation.trace.lines();
  }

  private void run() {
    Chaos chaos = new Chaos(world, random);
    MemoryBounds memory = new MemoryBounds(world);
    world.run(300);
    joinMany();
    for (int action = 0; action < world.scenario.actions(); action++) {
      chaos.act();
      if (action % ACTIONS_PER_COUNT == 0) {
        memory.checkAll();
      }
      world.runSteps(random.nextInt(MAX_STEPS_BETWEEN));
      if (random.nextInt(20) == 0) {
        world.run(random.nextInt(7_000));
      }
    }
    new Ending(world, random, memory).run();
  }

  /** Where there are many rooms, one device is in all of them. */
  private void joinMany() {
    if (world.scenario.rooms() > 2) {
      SimulatedNode node = world.nodes.get(0);
      world.rooms.forEach(room -> world.join(world.consumers.get(0), room, node));
    }
  }
}
