package io.snapper.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every seed is a different history of nodes, devices and faults; in each of them every promise
 * must hold.
 *
 * <p>{@code -Dsimulation.seeds=100000} runs more of them, from {@code -Dsimulation.from=…} on;
 * {@code -Dsimulation.seed=N} prints one step by step; {@code -Dsimulation.faults=…} chooses for
 * all of them what may go wrong.
 */
class SimulationTest {
  private static final long DEFAULT_SEEDS = 2_000;
  private static final long LOSSY_SEEDS = 500;
  private static final int MAX_HEADS = 20;

  /** Held, or the setting is forgotten with the logger. */
  private static final Logger ENGINE_LOG = Logger.getLogger("io.snapper.core");

  private static Level levelBefore;

  @BeforeAll
  static void silenceTheEngine() {
    levelBefore = ENGINE_LOG.getLevel();
    ENGINE_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void letTheEngineSpeak() {
    ENGINE_LOG.setLevel(levelBefore);
  }

  @Test
  void shouldKeepEveryPromiseInEveryHistory() {
    Scenario.Faults faults = chosenFaults();
    Long replayed = Long.getLong("simulation.seed");
    if (replayed != null) {
      List<String> trace = Simulation.trace(replayed, faults);
      trace.forEach(System.out::println);
      assertThat(trace.get(trace.size() - 1)).isEqualTo("all in order");
      return;
    }
    long from = Long.getLong("simulation.from", 1);
    long seeds = Long.getLong("simulation.seeds", DEFAULT_SEEDS);
    List<String> broken = run(from, seeds, faults);

    assertThat(broken.size()).as(() -> summary(broken)).isZero();
  }

  /** All first lines, then the whole trace of the first run that failed. */
  private static String summary(List<String> broken) {
    List<String> heads = broken.stream().map(text -> text.lines().findFirst().orElse("")).toList();
    return broken.size()
        + " runs broke a promise:\n"
        + String.join("\n", heads.subList(0, Math.min(MAX_HEADS, heads.size())))
        + "\n\n"
        + broken.stream().findFirst().orElse("");
  }

  @Test
  void shouldKeepEveryPromiseWhereTheStoreLosesTheEndsOfRooms() {
    assumeTrue(isDefaultRun());

    List<String> broken = run(1, LOSSY_SEEDS, Scenario.Faults.REWINDS);

    assertThat(broken.size()).as(() -> summary(broken)).isZero();
  }

  @Test
  void shouldKeepEveryPromiseWhereTheStoreLosesEverything() {
    assumeTrue(isDefaultRun());

    List<String> broken = run(1, LOSSY_SEEDS, Scenario.Faults.WIPES);

    assertThat(broken.size()).as(() -> summary(broken)).isZero();
  }

  private static boolean isDefaultRun() {
    return chosenFaults() == null && Long.getLong("simulation.seed") == null;
  }

  private static List<String> run(long from, long seeds, Scenario.Faults faults) {
    return LongStream.range(from, from + seeds)
        .parallel()
        .mapToObj(seed -> Simulation.check(seed, faults))
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void shouldRepeatAHistoryExactly() {
    List<String> once = Simulation.trace(7, Scenario.Faults.CLUSTER);
    List<String> again = Simulation.trace(7, Scenario.Faults.CLUSTER);

    assertThat(again).isEqualTo(once).hasSizeGreaterThan(500);
  }

  private static Scenario.Faults chosenFaults() {
    String name = System.getProperty("simulation.faults");
    return name == null ? null : Scenario.Faults.valueOf(name);
  }
}
