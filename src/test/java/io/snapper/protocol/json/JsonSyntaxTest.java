package io.snapper.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " [ 1 , 2 ]\r\n\t",
        "0",
        "-0",
        "1.5e-3",
        "\"\"",
        "null",
        "true",
        "[[],{}]",
        "\"\\ud800\"",
        "\"\u2028\"",
        "\"\u007f\"",
        "{\"a\":1,\"a\":2}",
        "1e999999"
      })
  void shouldAcceptJson(String text) {
    assertThat(JsonSyntax.isValid(text, 8)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "]",
        "}",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "[1 2]",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "--1",
        "NaN",
        "nul",
        "truex",
        "'a'",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\u0001\"",
        "\"\n\"",
        "[] []",
        "{},",
        "\ufeff{}",
        "[]//",
        "\u00a0[]",
        "[1}",
        "{\"a\":1]",
        "[1\u0000]",
        "[]\u0000"
      })
  void shouldRefuseAllElse(String text) {
    assertThat(JsonSyntax.isValid(text, 8)).isFalse();
  }

  @Test
  void shouldCountTheDepth() {
    assertThat(JsonSyntax.isValid("[[[]],[[]]]", 3)).isTrue();
    assertThat(JsonSyntax.isValid("[[[]],[{\"a\":[]}]]", 3)).isFalse();
  }

  @Test
  void shouldReachTheGreatestDepth() {
    int depth = JsonSyntax.GREATEST_DEPTH;

    assertThat(JsonSyntax.isValid("[".repeat(depth) + "]".repeat(depth), depth)).isTrue();
    assertThat(JsonSyntax.isValid("[".repeat(depth + 1) + "]".repeat(depth + 1), depth)).isFalse();
  }

  @Test
  void shouldNotOverflowTheStack() {
    assertThat(JsonSyntax.isValid("[".repeat(1_000_000), JsonSyntax.GREATEST_DEPTH)).isFalse();
    assertThat(JsonSyntax.isValid("{\"a\":".repeat(1_000_000), JsonSyntax.GREATEST_DEPTH))
        .isFalse();
  }
}
