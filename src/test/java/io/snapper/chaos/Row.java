package io.snapper.chaos;

import io.snapper.chaos.Fault.Repetition;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;

/**
 * One line of the table: a fault, seen by one kind of clients.
 *
 * @param seed of the run
 */
record Row(
    String redis, boolean isStrict, long seed, String client, Fault fault, Ledger.Tally tally) {
  private static final String FORMAT =
      "%-15s %-7s %-16s %-30s %5s %9s %9s %4s %8s %12s %7s %10s %9s";

  static final String HEADER =
      String.format(
          Locale.ROOT,
          FORMAT,
          "redis",
          "mode",
          "client",
          "fault",
          "times",
          "published",
          "delivered",
          "lost",
          "repeated",
          "out of order",
          "covered",
          "silence ms",
          "uncertain");

  String line() {
    return String.format(
        Locale.ROOT,
        FORMAT,
        redis,
        mode(),
        client,
        fault.name(),
        fault.times(),
        tally.published,
        tally.delivered,
        tally.lost,
        tally.repeated,
        tally.outOfOrder,
        tally.covered,
        tally.silenceMs,
        tally.uncertain);
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("redis", redis)
        .add("mode", mode())
        .add("seed", seed)
        .add("client", client)
        .add("fault", fault.name())
        .add("times", fault.times())
        .add("published", tally.published)
        .add("delivered", tally.delivered)
        .add("lost", tally.lost)
        .add("repeated", tally.repeated)
        .add("outOfOrder", tally.outOfOrder)
        .add("coveredByNotice", tally.covered)
        .add("notices", tally.notices)
        .add("longestSilenceMs", tally.silenceMs)
        .add("refused", tally.refused)
        .add("uncertain", tally.uncertain)
        .add("storedTwice", tally.storedTwice)
        .add("strange", tally.strange);
  }

  private String mode() {
    return isStrict ? "strict" : "default";
  }

  /** Whether a promise was broken. */
  boolean isBroken() {
    boolean mayRepeat =
        !isStrict
            && client.equals(Layout.SNAPPER_CONSUMER)
            && fault.repetition() == Repetition.OF_THE_LAST_MOMENT;
    return tally.lost > 0
        || tally.outOfOrder > 0
        || tally.strange > 0
        || tally.storedTwice > 0
        || tally.repeated > 0 && !mayRepeat;
  }
}
