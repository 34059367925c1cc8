package io.snapper.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.protocol.Vectors;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRpcWriterTest {

  private final JsonRpcParser parser = new JsonRpcParser(JsonRpcLimits.ofLength(1 << 16));

  static List<JsonObject> deliveries() {
    return Vectors.list("jsonrpc-deliveries");
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void shouldWriteDeliveriesAsJsonrpcLiteDoes(JsonObject vector) {
    List<String> quoted = Vectors.strings(vector.getJsonArray("quoted"));

    assertThat(PublishRequestWriter.write("", vector.getString("id"), quoted))
        .isEqualTo(vector.getString("text"));
    assertThat(PublishRequestWriter.write("4", vector.getString("id"), quoted))
        .isEqualTo("4" + vector.getString("text"));
  }

  @Test
  void shouldWriteEachErrorWithItsMessage() {
    assertThat(JsonRpcWriter.failure(JsonRpcId.ofString("x"), JsonRpcErrorCode.UNAUTHORIZED))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"x\","
                + "\"error\":{\"message\":\"Unauthorized\",\"code\":401}}");
    assertThat(JsonRpcWriter.failure(JsonRpcId.NULL, JsonRpcErrorCode.INVALID_PARAMS, "[1]"))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":null,"
                + "\"error\":{\"message\":\"Invalid params\",\"code\":-32602,\"data\":[1]}}");
  }

  @Test
  void shouldFindErrorsByTheirCode() {
    for (JsonRpcErrorCode error : JsonRpcErrorCode.values()) {
      assertThat(JsonRpcErrorCode.of(error.code())).contains(error);
    }
    assertThat(JsonRpcErrorCode.of(0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":\"OK\"} | success",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"message\":\"m\",\"code\":1,\"data\":{}}} |"
            + " error",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1]} | notification",
        "{\"jsonrpc\":\"2.0\",\"method\":\"m\"} | notification"
      })
  void shouldDescribeAMessageThatIsNotUnderstood(String text, String type) {
    assertThat(JsonRpcWriter.invalidNotification(parser.parse(text)))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"invalid\",\"params\":[{\"payload\":"
                + text
                + ",\"type\":\""
                + type
                + "\"}]}");
  }

  @Test
  void shouldNotRepeatATextThatIsNoMessage() {
    assertThat(JsonRpcWriter.invalidNotification(parser.parse("nonsense")))
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"invalid\",\"params\":[{\"payload\":"
                + "{\"message\":\"Parse error\",\"code\":-32700},\"type\":\"invalid\"}]}");
  }

  @Test
  void shouldAnswerABatchWithAnArrayThatIsNeverEmpty() {
    assertThat(JsonRpcWriter.batch(List.of("{}", "{}"))).isEqualTo("[{},{}]");
    assertThatThrownBy(() -> JsonRpcWriter.batch(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseIdsOfAWrongType() {
    assertThatThrownBy(() -> new JsonRpcId("{\"a\":1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{\"a\":1}");
    assertThatThrownBy(() -> new JsonRpcId("true")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new JsonRpcId("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTellIdsApartByTypeAndValue() {
    assertThat(new JsonRpcId("\"\\u0031\"").isString("1")).isTrue();
    assertThat(new JsonRpcId("1").isString("1")).isFalse();
    assertThat(new JsonRpcId("1").text()).isEqualTo("1");
    assertThat(JsonRpcId.NULL.isNull()).isTrue();
    assertThat(JsonRpcId.ofString("null").isNull()).isFalse();
  }
}
