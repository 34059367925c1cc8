package io.snapper.chaos;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The process of the real clients. It prints one line for each event, its fields separated by tabs:
 * the time in ms, the kind, and what belongs to the kind; see {@link #onEvent}.
 */
final class Clients implements AutoCloseable {
  private static final Path NPM = Path.of("src", "test", "npm");
  private static final Duration JOIN_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(3);
  private static final int NOTED_TROUBLES = 2_000;

  private final Ledger ledger;
  private final Process process;
  private final BufferedWriter orders;
  private final Thread atExit;
  private final CountDownLatch joined = new CountDownLatch(1);
  private final Map<String, Integer> eventCounts = new TreeMap<>();
  private final Path troubles;
  private volatile CountDownLatch stopped = new CountDownLatch(1);
  private int troubleCount;

  /**
   * Starts them.
   *
   * @param directory where the configuration and what goes wrong in the clients is written
   */
  Clients(Path directory, String configuration, Ledger ledger) {
    this.ledger = ledger;
    try {
      Files.createDirectories(directory);
      Path file = Files.writeString(directory.resolve("clients.json"), configuration);
      troubles = directory.resolve("clients-events.log");
      Files.deleteIfExists(troubles);
      process =
          new ProcessBuilder("node", "chaos/clients.js", file.toAbsolutePath().toString())
              .directory(NPM.toFile())
              .redirectError(directory.resolve("clients-errors.log").toFile())
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    atExit = new Thread(process::destroyForcibly, "kill-clients");
    Runtime.getRuntime().addShutdownHook(atExit);
    orders = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "client-events");
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits until all consumers are connected and in their rooms. */
  void awaitJoined() {
    await(joined, JOIN_LIMIT, "the consumers are connected and in their rooms");
  }

  /** Lets the producers send and the consumers move. */
  void start(String phase) {
    stopped = new CountDownLatch(1);
    order("start " + phase);
  }

  /** Stops the producers, waits for what they have begun, and calls the consumers back. */
  void stop() {
    order("stop");
    await(stopped, STOP_LIMIT, "the producers have answers");
  }

  /** Returns how many events of each kind there were. */
  Map<String, Integer> eventCounts() {
    synchronized (eventCounts) {
      return new TreeMap<>(eventCounts);
    }
  }

  private void order(String order) {
    try {
      orders.write(order);
      orders.newLine();
      orders.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("the clients have ended", failure);
    }
  }

  private void await(CountDownLatch latch, Duration limit, String what) {
    try {
      if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("not within " + limit + ": " + what);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter log = Files.newBufferedWriter(troubles)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        synchronized (eventCounts) {
          eventCounts.merge(fields[1], 1, Integer::sum);
        }
        if (!onEvent(Long.parseLong(fields[0]), fields) && troubleCount++ < NOTED_TROUBLES) {
          log.write(line);
          log.newLine();
          log.flush();
        }
      }
    } catch (IOException ended) {
      // The process is told to end by being destroyed.
    } catch (RuntimeException failure) {
      failure.printStackTrace();
      process.destroyForcibly();
    }
  }

  /** Returns whether it is an everyday event that needs no line in the log. */
  private boolean onEvent(long timeMs, String[] fields) {
    switch (fields[1]) {
      case "sent" -> ledger.onSent(timeMs, fields[3], rest(fields, 4));
      case "accepted" -> ledger.onAccepted(fields[2], Long.parseLong(fields[3]), rest(fields, 4));
      case "got" -> ledger.onSeen(timeMs, fields[2], fields[3], rest(fields, 4));
      case "back" -> ledger.onReturn(timeMs, fields[2]);
      case "joined" -> joined.countDown();
      case "stopped" -> stopped.countDown();
      case "refused" -> {
        ledger.onRefused(rest(fields, 4));
        return false;
      }
      case "gap" -> {
        ledger.onNotice(
            timeMs,
            fields[2],
            fields[3],
            fields[6],
            Long.parseLong(fields[4]),
            Long.parseLong(fields[5]));
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static List<String> rest(String[] fields, int from) {
    return Arrays.asList(fields).subList(from, fields.length);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // The hook is about to run and will find nothing to kill.
    }
  }
}
