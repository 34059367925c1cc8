package io.snapper.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.Vectors;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {

  static List<JsonObject> acknowledgements() {
    return Vectors.list("jsonrpc-acknowledgements");
  }

  @ParameterizedTest
  @MethodSource("acknowledgements")
  void shouldRecogniseWhatJsonrpcLiteWrites(JsonObject vector) {
    String frame = "4" + vector.getString("text");

    assertThat(Acknowledgement.idIn(frame, 1)).contains(vector.getString("id"));
    assertThat(Acknowledgement.matches(frame, 1, vector.getString("id"))).isTrue();
  }

  @Test
  void shouldMatchThatIdOnly() {
    String text = "{\"jsonrpc\":\"2.0\",\"id\":\"12\",\"result\":\"OK\"}";

    assertThat(Acknowledgement.matches(text, 0, "1")).isFalse();
    assertThat(Acknowledgement.matches(text, 0, "123")).isFalse();
    assertThat(Acknowledgement.matches(text, 0, "")).isFalse();
    assertThat(Acknowledgement.matches(text, 0, "12")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"OK\"",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"OK\"}x",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"OK\",}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"OK\",\"error\":null}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"KO\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":true}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"OK\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"\\u0031\",\"result\":\"OK\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"1\n\",\"result\":\"OK\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":\"1\",\"result\":\"OK\"}",
        "{\"id\":\"0\",\"id\":\"1\",\"result\":\"OK\"}",
        "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"OK\"}",
        "[{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"OK\"}]"
      })
  void shouldLeaveAllElseToTheParser(String text) {
    assertThat(Acknowledgement.idIn(text, 0)).isEmpty();
    assertThat(Acknowledgement.matches(text, 0, "1")).isFalse();
  }
}
