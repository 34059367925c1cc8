package io.snapper.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.Vectors;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Batch;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Failure;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Invalid;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Notification;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Request;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Success;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcParserTest {

  private final JsonRpcParser parser = new JsonRpcParser(new JsonRpcLimits(1 << 21, 16, 3));

  static List<JsonObject> messages() {
    return Vectors.list("jsonrpc-messages");
  }

  static List<String> invalid() {
    return Vectors.strings("jsonrpc-invalid");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldReadWhatJsonrpcLiteWrites(JsonObject vector) {
    JsonObject expected = vector.getJsonObject("message");

    JsonRpcMessage message = parser.parse(vector.getString("text"));

    switch (vector.getString("type")) {
      case "request" -> {
        Request request = (Request) message;
        assertThat(request.id().rawJson()).isEqualTo(expected.get("id").toString());
        assertThat(request.method()).isEqualTo(expected.getString("method"));
        assertThat(request.params().isPresent()).isEqualTo(expected.containsKey("params"));
      }
      case "notification" ->
          assertThat(((Notification) message).method()).isEqualTo(expected.getString("method"));
      case "success" -> {
        Success success = (Success) message;
        assertThat(success.id().rawJson()).isEqualTo(expected.get("id").toString());
        assertThat(success.result()).isEqualTo(expected.get("result").toString());
      }
      default -> {
        Failure failure = (Failure) message;
        assertThat(failure.id().rawJson()).isEqualTo(expected.get("id").toString());
        assertThat(failure.code()).isEqualTo(expected.getJsonObject("error").getInt("code"));
        assertThat(failure.message())
            .isEqualTo(expected.getJsonObject("error").getString("message"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldWriteWhatJsonrpcLiteWrites(JsonObject vector) {
    JsonRpcMessage message = parser.parse(vector.getString("text"));

    if (message instanceof Success success) {
      assertThat(JsonRpcWriter.success(success.id(), success.result()))
          .isEqualTo(vector.getString("text"));
    } else if (message instanceof Failure failure && failure.data().isEmpty()) {
      assertThat(JsonRpcWriter.failure(failure.id(), failure.code(), failure.message()))
          .isEqualTo(vector.getString("text"));
    } else if (message instanceof Request request && request.params().isPresent()) {
      assertThat(
              JsonRpcWriter.request(request.id(), request.method(), request.params().orElseThrow()))
          .isEqualTo(vector.getString("text"));
    } else if (message instanceof Notification notification) {
      assertThat(
              JsonRpcWriter.notification(
                  notification.method(), notification.params().orElseThrow()))
          .isEqualTo(vector.getString("text"));
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void shouldRefuseWhatJsonrpcLiteRefuses(String text) {
    assertThat(parser.parse(text)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"jsonrpc\":\"2.0\",\"method                    | -32700 | null",
        "[{\"jsonrpc\":\"2.0\",\"method\":\"x\"},{]       | -32700 | null",
        "[]                                               | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"method\":1,\"params\":\"b\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"x\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"result\":1}   | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":null}   | -32600 | 7",
        "{\"id\":\"7\",\"method\":\"x\"}                  | -32600 | \"7\"",
        "{\"jsonrpc\":2.0,\"id\":7,\"method\":\"x\"}      | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"x\",\"params\":null} | -32602 | 7",
        "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":\"b\"} | -32600 | null",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":1,\"error\":{\"code\":1,\"message\":\"\"}} |"
            + " -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":\"x\"}   | -32600 | 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":99999999999,\"message\":\"\"}} | -32600"
            + " | 7"
      })
  void shouldSayHowToAnswerWhatIsInvalid(String text, int code, String id) {
    Invalid invalid = (Invalid) parser.parse(text);

    assertThat(invalid.error().code()).isEqualTo(code);
    assertThat(invalid.id().rawJson()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1.5",
        "-0",
        "1E400",
        "123456789012345678901234567890",
        "\"\"",
        "\"\\u0041\\/\"",
        "\"\\ud800\"",
        "\"\u2028é😀\""
      })
  void shouldKeepIdsAsTheyAreWritten(String id) {
    String text = "{\"jsonrpc\":\"2.0\",\"method\":\"echo\",\"id\": " + id + " }";

    Request request = (Request) parser.parse(text);

    assertThat(request.id().rawJson()).isEqualTo(id);
    assertThat(JsonRpcWriter.success(request.id(), "1"))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":1}");
  }

  @Test
  void shouldKeepParamsAsTheyAreWritten() {
    String params = "[ 1.50, \"\\u0041\\ud800\\/\u2028\", {\"b\":[], \"b\" :{}}, 1e5 ]";

    Request request =
        (Request)
            parser.parse(
                "{ \"params\" :\t" + params + "\n,\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"e\"}");

    assertThat(request.params()).contains(params);
  }

  @Test
  void shouldTakeTheLastOfMembersGivenTwiceAndIgnoreUnknownOnes() {
    String text =
        "{\"jsonrpc\":\"1.0\",\"x\":{\"id\":9},\"id\":1,\"\\u0069d\":2,\"method\":\"a\","
            + "\"jsonrpc\":\"2.0\",\"method\":\"\\u0062\"}";

    assertThat(parser.parse(text))
        .isEqualTo(new Request(new JsonRpcId("2"), "b", Optional.empty()));
  }

  @Test
  void shouldNotTakeAFailureInTheOldStyleForASuccess() {
    String text =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null,\"error\":{\"code\":-1,\"message\":\"no\","
            + "\"data\":[1]}}";

    assertThat(parser.parse(text))
        .isEqualTo(new Failure(new JsonRpcId("1"), -1, "no", Optional.of("[1]")));
  }

  @Test
  void shouldTakeASuccessInTheOldStyle() {
    assertThat(parser.parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"OK\",\"error\":null}"))
        .isEqualTo(new Success(new JsonRpcId("1"), "\"OK\""));
  }

  @Test
  void shouldReadABatchInOrder() {
    Batch batch =
        (Batch)
            parser.parse(" [ {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}, 7, [{\"id\":1}] ] ");

    assertThat(batch.messages())
        .hasSize(3)
        .first()
        .isEqualTo(new Request(new JsonRpcId("1"), "a", Optional.empty()));
    assertThat(batch.messages().subList(1, 3))
        .allSatisfy(
            message ->
                assertThat(message)
                    .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid ->
                            assertThat(invalid.error())
                                .isEqualTo(JsonRpcErrorCode.INVALID_REQUEST)));
  }

  @Test
  void shouldRefuseABatchOverTheLimit() {
    assertThat(parser.parse("[1,2,3]")).isInstanceOf(Batch.class);
    assertThat(parser.parse("[1,2,3,4]"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> {
              assertThat(invalid.error()).isEqualTo(JsonRpcErrorCode.INVALID_REQUEST);
              assertThat(invalid.reason()).contains("more than 3");
            });
  }

  @Test
  void shouldRefuseATextOverTheLimitAndSayWhichItIs() {
    JsonRpcParser small = new JsonRpcParser(JsonRpcLimits.ofLength(8));

    assertThat(small.parse("[1,2,3,4]"))
        .isEqualTo(
            new Invalid(
                JsonRpcErrorCode.PARSE_ERROR, JsonRpcId.NULL, "a text of 9 where the limit is 8"));
    assertThat(small.parse("[1,2,3,4]".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(small.parse("[1,2,3,4]"));
  }

  @Test
  void shouldRefuseDeepNestingWithoutOverflowingTheStack() {
    String deep = "[".repeat(500_000) + "]".repeat(500_000);
    String text = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":" + deep + "}";

    assertThat(parser.parse(text))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> assertThat(invalid.error()).isEqualTo(JsonRpcErrorCode.PARSE_ERROR));
  }

  @Test
  void shouldRefuseMalformedUtf8() {
    byte[] text = "{\"jsonrpc\":\"2.0\",\"method\":\"?\"}".getBytes(StandardCharsets.ISO_8859_1);
    text[text.length - 3] = (byte) 0xC3;

    assertThat(parser.parse(text))
        .isEqualTo(new Invalid(JsonRpcErrorCode.PARSE_ERROR, JsonRpcId.NULL, "not UTF-8"));
  }

  @Test
  void shouldReadAMebibyte() {
    String message = "\"" + "0123456789abcde\\n".repeat(65_536) + "\"";

    Notification notification =
        (Notification)
            parser.parse(
                "{\"jsonrpc\":\"2.0\",\"method\":\"publish\",\"params\":[\"room\","
                    + message
                    + "]}");

    assertThat(PublishParams.parse(notification.params()).orElseThrow().pairs())
        .containsExactly(new PublishParams.Pair("room", message));
  }
}
