package io.snapper.bench;

import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures how costs grow, and writes the tables of docs/scaling.md and docs/operations.md.
 *
 * <p>{@code -Dbench.sweeps} (all; names of {@link Sweep} separated by commas), {@code
 * -Dbench.servers} (WILDFLY; {@link Sweep#SILENT}: both), {@code -Dbench.jvm} (the options of the
 * servers' JVMs) choose.
 */
public final class Scaling {
  private static final Path SCALING = Path.of("docs", "scaling.md");
  private static final Path OPERATIONS = Path.of("docs", "operations.md");

  /** Three nodes must fit into the memory of one machine. */
  private static final List<String> JVM = Bench.JVM;

  private static final Duration IDLE_TIME = Duration.ofSeconds(20);

  /** What is varied. */
  enum Sweep {
    MEMBERS,
    ROOMS,
    NODES,
    MASTERS,
    CONNECTIONS,
    SILENT
  }

  private Scaling() {}

  /** Runs the chosen sweeps; all take about an hour, half of it {@link Sweep#SILENT}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (Sweep sweep : chosenSweeps()) {
      System.out.println("--- " + sweep);
      Path document = sweep == Sweep.SILENT ? OPERATIONS : SCALING;
      String text = PerformanceDocument.measuredWithRedis() + ".\n\n" + table(sweep).markdown();
      System.out.println(text);
      PerformanceDocument.replace(document, sweep.name().toLowerCase(Locale.ROOT), text);
    }
    // Threads of the servers' helpers must not keep the build.
    System.exit(0);
  }

  private static List<Sweep> chosenSweeps() {
    String names = System.getProperty("bench.sweeps");
    return Stream.of(Sweep.values())
        .filter(sweep -> names == null || List.of(names.split(",")).contains(sweep.name()))
        .toList();
  }

  private static List<ServerKind> servers(ServerKind... usual) {
    String names = System.getProperty("bench.servers");
    return names == null
        ? List.of(usual)
        : Stream.of(names.split(",")).map(ServerKind::valueOf).collect(Collectors.toList());
  }

  private static MeasuredTable table(Sweep sweep) throws IOException, InterruptedException {
    if (sweep == Sweep.SILENT) {
      return new SilentConsumers(servers(ServerKind.WILDFLY, ServerKind.PAYARA_MICRO)).run();
    }
    ServerKind kind = servers(ServerKind.WILDFLY).get(0);
    LoadSweeps loads = new LoadSweeps(kind, JVM, IDLE_TIME);
    return switch (sweep) {
      case MEMBERS -> loads.members();
      case ROOMS -> loads.rooms();
      case NODES -> loads.nodes();
      case MASTERS -> loads.masters();
      default -> new ConnectionSweep(kind, JVM, IDLE_TIME).run();
    };
  }
}
