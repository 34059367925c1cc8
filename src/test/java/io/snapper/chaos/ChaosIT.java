package io.snapper.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** See docs/chaos.md. */
class ChaosIT {
  private static final Path DIRECTORY = Path.of("target", "chaos");
  private static final int CONSUMERS = 36;
  private static final long SEED = Long.getLong("chaos.seed", System.currentTimeMillis() % 100_000);
  private static final ResultTable TABLE = new ResultTable(DIRECTORY);

  @Test
  @DisabledIfSystemProperty(named = "chaos", matches = "all")
  void shouldLoseNothingThroughAShortSeriesOfFaults() {
    // With everysec a killed Redis may have answered what a busy disk did not have yet: then it is
    // Redis that has lost it, and not everybody can be told.
    RedisSystem redis = RedisKind.SINGLE_ALWAYS.start(DIRECTORY);

    assertThat(run(redis, false, List.of(Faults.SHORT_SERIES), DIRECTORY.resolve("short")))
        .noneMatch(Row::isBroken);
  }

  @Test
  @DisabledIfSystemProperty(named = "chaos", matches = "all")
  void shouldLoseAndRepeatNothingThroughAShortSeriesOfFaultsInStrictMode() {
    RedisSystem redis = RedisKind.SINGLE.start(DIRECTORY);

    assertThat(
            run(
                redis,
                true,
                List.of(Faults.SHORT_STRICT_SERIES),
                DIRECTORY.resolve("short-strict")))
        .noneMatch(Row::isBroken);
  }

  @ParameterizedTest(name = "{0}, strict: {1}")
  @MethodSource("runs")
  @EnabledIfSystemProperty(named = "chaos", matches = "all")
  void shouldLoseNothingThroughAnyFault(RedisKind kind, boolean isStrict) {
    Path directory = DIRECTORY.resolve(kind.key() + (isStrict ? "-strict" : "-default"));
    RedisSystem redis = kind.start(directory);
    List<Fault> faults = kind.faults(redis).stream().filter(ChaosIT::isWanted).toList();

    assertThat(run(redis, isStrict, faults, directory)).noneMatch(Row::isBroken);
  }

  static Stream<Arguments> runs() {
    List<String> kinds = wanted("chaos.redis");
    List<String> modes = wanted("chaos.modes");
    return Arrays.stream(RedisKind.values())
        .filter(kind -> kinds.isEmpty() || kinds.contains(kind.key()))
        .flatMap(
            kind ->
                Stream.of("default", "strict")
                    .filter(mode -> modes.isEmpty() || modes.contains(mode))
                    .map(mode -> Arguments.of(kind, mode.equals("strict"))));
  }

  private static boolean isWanted(Fault fault) {
    List<String> names = wanted("chaos.faults");
    return names.isEmpty() || names.stream().anyMatch(fault.name()::startsWith);
  }

  /** Returns what the property names, separated by commas; nothing means all. */
  private static List<String> wanted(String property) {
    String names = System.getProperty(property, "");
    return names.isBlank() ? List.of() : List.of(names.split(","));
  }

  private static List<Row> run(
      RedisSystem redis, boolean isStrict, List<Fault> faults, Path directory) {
    System.out.printf("%s: -Dchaos.seed=%d%n", directory, SEED);
    List<Row> rows = new ArrayList<>();
    try (World world = World.start(redis, isStrict, SEED, CONSUMERS, directory)) {
      for (Fault fault : faults) {
        List<Row> added = world.run(fault);
        rows.addAll(added);
        TABLE.add(added);
      }
    } finally {
      System.out.println(TABLE.text());
    }
    return rows;
  }
}
