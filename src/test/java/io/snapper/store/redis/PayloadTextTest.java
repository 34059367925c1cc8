package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Payloads as bytes and back. */
class PayloadTextTest {
  @Property
  void shouldGiveBackAnyString(@ForAll("anything") String text) {
    assertThat(PayloadText.decode(PayloadText.encode(text))).isEqualTo(text);
  }

  @Property
  void shouldWriteUtf8WhereThatIsPossible(@ForAll("anything") String text) {
    String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(PayloadText.encode(sound)).isEqualTo(sound.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void shouldDecodeAPartOfAnArray(@ForAll("anything") String text) {
    byte[] bytes = PayloadText.encode("\uD800" + text + "\u00E9");
    int length = PayloadText.encode(text).length;

    if (!text.isEmpty() && Character.isLowSurrogate(text.charAt(0))) {
      return;
    }
    assertThat(PayloadText.decode(bytes, 3, length)).isEqualTo(text);
  }

  @Example
  void shouldKeepHalvesOfPairsApart() {
    String text = "a\uDE00\uD83D\uDE00\uD83Db\uD83D";

    assertThat(PayloadText.decode(PayloadText.encode(text))).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(50),
        Arbitraries.chars()
            .range('\uD7F0', '\uE010')
            .list()
            .ofMaxSize(50)
            .map(
                units -> {
                  StringBuilder text = new StringBuilder();
                  units.forEach(text::append);
                  return text.toString();
                }));
  }
}
