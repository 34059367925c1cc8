package io.snapper.protocol;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Texts for properties: every UTF-16 unit, also without its partner, and the awkward ones often.
 */
public final class AnyText {

  private AnyText() {}

  /** Any sequence of UTF-16 units. */
  public static Arbitrary<String> units() {
    return units(40);
  }

  private static Arbitrary<String> units(int maxLength) {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.chars().range(' ', '~')),
            Tuple.of(2, Arbitraries.chars().range('\0', '\u00ff')),
            Tuple.of(2, Arbitraries.of('"', '\\', '/', '\u2028', '\u001e', ':')),
            Tuple.of(2, Arbitraries.chars().range('\ud800', '\udfff')),
            Tuple.of(1, Arbitraries.chars().all()))
        .list()
        .ofMaxSize(maxLength)
        .map(
            units -> {
              StringBuilder text = new StringBuilder();
              units.forEach(text::append);
              return text.toString();
            });
  }

  /** Any text that UTF-8 can carry: the same without partnerless surrogates. */
  public static Arbitrary<String> encodable() {
    return units()
        .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  /** Texts made of the given pieces, so that many are almost right. */
  public static Arbitrary<String> of(String... pieces) {
    return Arbitraries.oneOf(Arbitraries.of(pieces), units(3))
        .list()
        .ofMaxSize(24)
        .map(parts -> String.join("", parts));
  }
}
