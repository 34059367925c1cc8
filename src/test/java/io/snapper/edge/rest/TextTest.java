package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small helpers for texts and numbers. */
class TextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\u00e9", "\u2028", "\uD83D\uDE00", "a\u0000\u7fff\uFEFF"})
  void shouldMeasureAsUtf8Does(String text) {
    assertThat(PayloadSize.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void shouldEscapeSurrogatesThatHaveNoPartner() {
    assertThat(JsonWriter.withoutLoneSurrogates("\"\uD800\"")).isEqualTo("\"\\ud800\"");
    assertThat(JsonWriter.withoutLoneSurrogates("\"a\uDC00\uD83D\uDE00\uD83D\""))
        .isEqualTo("\"a\\udc00\uD83D\uDE00\\ud83d\"");
  }

  @Test
  void shouldLeaveOtherTextAlone() {
    String text = "{\"a\":\"\uD83D\uDE00\u2028\"}";

    assertThat(JsonWriter.withoutLoneSurrogates(text)).isSameAs(text);
  }

  @Test
  void shouldReadNumbersWithinTheirRange() {
    assertThat(Numbers.parse("limit", null, 100, 1, 1000)).isEqualTo(100);
    assertThat(Numbers.parse("limit", "1", 100, 1, 1000)).isEqualTo(1);
    assertThat(Numbers.parse("limit", "1000", 100, 1, 1000)).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1001", "x", "1.5", "99999999999999999999"})
  void shouldRefuseOtherNumbers(String text) {
    Problem problem =
        catchThrowableOfType(
                ProblemException.class, () -> Numbers.parse("limit", text, 100, 1, 1000))
            .problem();

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo("limit");
    assertThat(problem.detail()).contains("'" + text + "'", "1 to 1000");
  }

  @Test
  void shouldShowForeignTextSafely() {
    assertThat(Excerpts.shown("a\n\uD800" + "x".repeat(100)))
        .hasSize(65)
        .startsWith("a\uFFFD\uFFFD");
  }
}
