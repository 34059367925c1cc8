package io.snapper.store.comparison;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Names and payloads of all sorts. */
final class AwkwardTexts {
  /** Names that could be taken for something else in a key, a script, a pattern or a push. */
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "r:a",
          "node",
          "fence",
          "a:b",
          "{a}b",
          "}{",
          "*",
          "%d",
          "%",
          "[a-z]",
          "é",
          "😀",
          "\u2028",
          "\u00a0",
          "\uFEFF",
          "\\",
          "\"",
          "'",
          "$1",
          "0",
          "-1",
          "1:1",
          "=",
          "#1.0",
          " ",
          "user1",
          "@everyone",
          "@consumer/a");

  private static final List<String> PAYLOADS =
      List.of(
          "x",
          "",
          "\0",
          "\t",
          "\n",
          "\r\n",
          "a\tb\nc",
          "é",
          "😀",
          "\uD83D",
          "\uDE00\uD83D",
          "é\uD800é",
          "\u2028\u2029\uFEFF",
          "\u0080\u07FF\u0800\uFFFF",
          "\"\\",
          "1,2",
          "%s");

  private static final int MAX_COPIES = 3;
  private static final int LARGE_BYTES = 64 * 1024;
  private static final int LONG_NAME = 60;

  private AwkwardTexts() {}

  /** A text of a unit repeated, so that a large one can be printed. */
  record Payload(String unit, int times) {
    boolean isLarge() {
      return times > MAX_COPIES;
    }

    String text() {
      return unit.repeat(times);
    }
  }

  static Arbitrary<Naming> namings() {
    return Combinators.combine(
            names().list().ofSize(Naming.ROOMS).uniqueElements(),
            names().list().ofSize(Naming.CONSUMERS).uniqueElements(),
            names().list().ofSize(Naming.USERS).uniqueElements(),
            names().list().ofSize(Naming.KEYS).uniqueElements())
        .as(Naming::new);
  }

  static Arbitrary<String> names() {
    Arbitrary<String> pieces = Arbitraries.of(NAMES);
    return Arbitraries.frequencyOf(
        Tuple.of(6, pieces),
        Tuple.of(3, Combinators.combine(pieces, pieces).as(String::concat)),
        Tuple.of(1, pieces.map(piece -> "n" + "é".repeat(LONG_NAME) + piece)));
  }

  static Arbitrary<Payload> payloads() {
    Arbitrary<String> units = Arbitraries.of(PAYLOADS);
    return Arbitraries.frequencyOf(
        Tuple.of(
            40,
            Combinators.combine(units, Arbitraries.integers().between(1, MAX_COPIES))
                .as(Payload::new)),
        Tuple.of(1, Arbitraries.just(new Payload("x", LARGE_BYTES))),
        Tuple.of(1, Arbitraries.just(new Payload("😀", LARGE_BYTES / 4))));
  }
}
