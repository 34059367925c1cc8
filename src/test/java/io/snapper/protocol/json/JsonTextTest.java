package io.snapper.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.Vectors;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {

  static List<JsonObject> vectors() {
    return Vectors.list("json-strings");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void shouldQuoteAsJavaScriptDoes(JsonObject vector) {
    assertThat(JsonText.quote(value(vector))).isEqualTo(vector.getString("literal"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void shouldUnquoteWhatJavaScriptQuoted(JsonObject vector) {
    assertThat(JsonText.unquote(vector.getString("literal"))).isEqualTo(value(vector));
  }

  @Test
  void shouldUnquoteEscapesThatNobodyNeeds() {
    assertThat(JsonText.unquote("\"\\/\\u0041\\uD83D\\uDE00\\u00e9\\\\n\"")).isEqualTo("/A😀é\\n");
  }

  @Test
  void shouldAppendBehindWhatIsThere() {
    StringBuilder out = new StringBuilder("4");

    JsonText.quoteTo(out, "a\"b");

    assertThat(out).hasToString("4\"a\\\"b\"");
  }

  @Test
  void shouldKeepAMebibyte() {
    String value = "0123456\\89ab\n\"\ud800😀\u2028".repeat(65_536);

    assertThat(value.length()).isGreaterThanOrEqualTo(1 << 20);
    assertThat(JsonText.unquote(JsonText.quote(value))).isEqualTo(value);
  }

  private static String value(JsonObject vector) {
    JsonArray units = vector.getJsonArray("units");
    StringBuilder value = new StringBuilder();
    units.getValuesAs(JsonNumber::intValue).forEach(unit -> value.append((char) (int) unit));
    return value.toString();
  }
}
