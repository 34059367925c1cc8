package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.failure;
import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static io.snapper.edge.producer.EmbeddedProducer.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.ErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerConnectionTest {
  private final RecordingBroker broker = new RecordingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.of(broker);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[\"a\",\"1\"],[\"b\",\"2\"],[\"a\",\"3\"]] | 3",
        "[\"a\",\"1\"] | 1",
        "[] | 0",
        "[[\"a\",\"1\"],[\"a\",2],[\"a\"],[\"\",\"x\"],[\"a\",\"\"],null,[\"a\",\"3\"]] | 2"
      })
  void shouldAnswerAPublishWithTheNumberOfPairsStored(String params, String count) {
    producer.send(request(1, "publish", params));

    assertThat(producer.answers()).containsExactly(success(1, count));
  }

  @Test
  void shouldStoreTheMessagesOfARoomInOneCallInTheirOrder() {
    producer.send(
        notification("publish", "[[\"a\",\"1\"],[\"b\",\"2\"],[\"a\",\"3\"]]"),
        notification("publish", "[[\"b\",\"4\"],[\"a\",\"5\"]]"));

    assertThat(broker.calls()).containsExactly("publish a [1, 3, 5]", "publish b [2, 4]");
    assertThat(producer.answers()).isEmpty();
  }

  @Test
  void shouldAnswerAPublishOnlyWhenItIsStored() {
    broker.answerLater();

    producer.send(request(1, "publish", "[\"a\",\"1\"]"));
    assertThat(producer.answers()).isEmpty();

    broker.answerNext();
    assertThat(producer.answers()).containsExactly(success(1, "1"));
  }

  @Test
  void shouldTellAtOnceThatTheStoreIsFullAndReadOn() {
    broker.failWith(ErrorCode.STORE_FULL);

    producer.send(request(1, "publish", "[[\"a\",\"1\"],[\"b\",\"2\"]]"));

    assertThat(producer.answers())
        .singleElement()
        .asString()
        .contains("\"code\":" + JsonRpcErrorCode.INTERNAL_ERROR.code(), "\"accepted\":0");
    assertThat(producer.isRead()).isTrue();
    broker.failWith((ErrorCode) null);
    producer.send(request(2, "publish", "[\"a\",\"3\"]"));
    assertThat(producer.answers()).containsExactly(success(2, "1"));
    assertThat(broker.stored("a")).containsExactly("3");
  }

  @Test
  void shouldKeepMessagesAsTheyAre() {
    producer.send(
        notification(
            "publish", "[\"a\",\"\\\"\\\\\\n\\u0000\\ud83d\\ude00 \u2028 \u00e9 \uD83D\uDE00\"]"));

    assertThat(broker.stored("a"))
        .containsExactly("\"\\\n\0\uD83D\uDE00 \u2028 \u00e9 \uD83D\uDE00");
  }

  @Test
  void shouldSplitAFloodForOneRoomIntoCallsThatKeepTheOrder() {
    String pairs =
        IntStream.range(0, 5000)
            .mapToObj(number -> "[\"a\",\"" + number + "\"]")
            .collect(Collectors.joining(",", "[", "]"));

    producer.send(request(1, "publish", pairs));

    assertThat(producer.answers()).containsExactly(success(1, "5000"));
    assertThat(broker.calls().size()).isBetween(5, 10);
    assertThat(broker.stored("a"))
        .containsExactlyElementsOf(IntStream.range(0, 5000).mapToObj(Integer::toString).toList());
  }

  @Test
  void shouldJoinLeaveCountAndEcho() {
    producer.send(
        request(1, "subscribe", "[\"a\",\"t.1\"]"),
        request(2, "unsubscribe", "[\"a\",\"t.1\"]"),
        request(3, "consumers", "[\"user-1\"]"),
        request(4, "echo", "[\"x\", {\"y\": 1.50}]"),
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"echo\"}");

    assertThat(producer.answers())
        .containsExactly(
            success(1, "1"),
            success(2, "0"),
            success(3, "{\"length\":3,\"android\":0,\"ios\":1,\"web\":2}"),
            success(4, "[\"x\", {\"y\": 1.50}]"),
            success(5, "null"));
    assertThat(broker.calls()).containsExactly("join a t.1", "leave a t.1", "connections user-1");
  }

  @Test
  void shouldAnswerAnUnknownMethod() {
    producer.send(request(1, "constructor", "[]"), notification("nothing", "[]"));

    assertThat(producer.answers())
        .containsExactly(failure("1", JsonRpcErrorCode.METHOD_NOT_FOUND, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"jsonrpc\":\"2.0\", | PARSE_ERROR | null",
        "[] | INVALID_REQUEST | null",
        "5 | INVALID_REQUEST | null",
        "{\"id\":1,\"method\":\"echo\"} | INVALID_REQUEST | 1",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"echo\"} | INVALID_REQUEST | null",
        "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"echo\"} | INVALID_REQUEST | null",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5} | INVALID_REQUEST | 1",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":5}" + " | INVALID_PARAMS | 1",
      })
  void shouldAnswerWhatIsNoRequestAndGoOn(String text, JsonRpcErrorCode error, String id) {
    producer.send(text, request(9, "echo", "[]"));

    assertThat(producer.answers())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{")
        .contains("\"code\":" + error.code(), "\"message\":\"" + error.message() + "\"");
    assertThat(producer.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1.50", "\"a\\u0062\"", "-0", "12345678901234567890"})
  void shouldRepeatTheIdAsItWasWritten(String id) {
    producer.send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"echo\",\"params\":[]}");

    assertThat(producer.answers())
        .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":[]}");
  }

  @Test
  void shouldIgnoreAnswers() {
    producer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"OK\"}", request(2, "echo", "[]"));

    assertThat(producer.answers()).containsExactly(success(2, "[]"));
  }

  @Test
  void shouldAnswerABatchByOneArrayInOrder() {
    broker.answerLater();

    producer.send(
        "["
            + request(1, "publish", "[\"a\",\"1\"]")
            + ","
            + notification("publish", "[\"a\",\"2\"]")
            + ",7,"
            + request(2, "echo", "[8]")
            + "]",
        "[" + notification("publish", "[\"a\",\"3\"]") + "]");
    assertThat(producer.answers()).isEmpty();
    broker.answerAll();

    assertThat(producer.answers())
        .containsExactly(
            "["
                + success(1, "1")
                + ","
                + failure("null", JsonRpcErrorCode.INVALID_REQUEST, "\"not an object: 7\"")
                + ","
                + success(2, "[8]")
                + "]");
    assertThat(broker.stored("a")).containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"\",\"t.1\"]", "[\"a\",\"\"]", "[\"a\\u0007\",\"t.1\"]"})
  void shouldNameTheNameThatBreaksARule(String params) {
    producer.send(request(1, "subscribe", params));

    assertThat(producer.answers())
        .singleElement()
        .asString()
        .contains("\"code\":-32602", "\"message\":\"Invalid params\"", "\"data\":\"")
        .containsAnyOf("room", "consumerId");
    assertThat(broker.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[\"a\"]", "[\"a\",\"b\",\"c\"]", "[\"a\",5]", "{\"room\":\"a\"}"})
  void shouldRefuseParamsOfTheWrongForm(String params) {
    producer.send(request(1, "subscribe", params), request(2, "unsubscribe", params));

    assertThat(producer.answers())
        .hasSize(2)
        .allSatisfy(answer -> assertThat(answer).contains("\"code\":-32602"));
    assertThat(broker.calls()).isEmpty();
  }

  @Test
  void shouldNameTheLimitOfAName() {
    String room = "r".repeat(257);

    producer.send(
        request(1, "subscribe", "[\"" + room + "\",\"t.1\"]"),
        request(2, "publish", "[\"" + room + "\",\"x\"]"));

    assertThat(producer.answers())
        .hasSize(2)
        .allSatisfy(
            answer ->
                assertThat(answer)
                    .contains("\"code\":-32602", "has 257 bytes of UTF-8; the limit is 256"));
  }

  @Test
  void shouldPublishTheRestOfACallWithAMessageOverTheLimit() {
    String fits = "é".repeat(500);
    String tooLong = "é".repeat(500) + "x";

    producer.send(
        request(
            1,
            "publish",
            "[[\"a\",\"1\"],[\"a\",\"" + tooLong + "\"],[\"a\",\"" + fits + "\"],[\"a\",\"4\"]]"));

    assertThat(producer.answers())
        .containsExactly(
            failure(
                "1",
                JsonRpcErrorCode.INVALID_PARAMS,
                "{\"accepted\":3,\"reasons\":"
                    + "[\"message has 1001 bytes of UTF-8; the limit is 1000\"]}"));
    assertThat(broker.stored("a")).containsExactly("1", fits, "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"a\",5]", "[[\"a\",null],[\"a\",{}]]", "[\"\",\"x\"]"})
  void shouldRefuseACallWithoutAnyProperPair(String params) {
    producer.send(request(1, "publish", params));

    assertThat(producer.answers())
        .singleElement()
        .asString()
        .contains("\"code\":-32602", "two non-empty strings");
  }

  @Test
  void shouldTellThatTheBrokerFailed() {
    broker.failWith(ErrorCode.STORE_FULL);

    producer.send(request(1, "subscribe", "[\"a\",\"t.1\"]"));

    assertThat(producer.answers())
        .containsExactly(failure("1", JsonRpcErrorCode.INTERNAL_ERROR, "\"told to fail\""));
  }

  @Test
  void shouldHoldAMoveAndWhatComesAfterItWhileTheBrokerRefuses() {
    broker.failWith(ErrorCode.UNAVAILABLE);
    producer.send(
        request(1, "subscribe", "[\"a\",\"t.1\"]"), request(2, "publish", "[\"a\",\"1\"]"));
    producer.passTime(Duration.ofMillis(200));
    assertThat(producer.answers()).isEmpty();

    broker.failWith((ErrorCode) null);
    producer.passTime(Duration.ofSeconds(1));

    assertThat(producer.answers()).containsExactly(success(1, "1"), success(2, "1"));
    assertThat(broker.calls()).endsWith("join a t.1", "publish a [1]");
    assertThat(broker.calls()).filteredOn("publish a [1]"::equals).hasSize(1);
  }

  @Test
  void shouldNotHoldALookUp() {
    broker.failWith(ErrorCode.UNAVAILABLE);

    producer.send(request(1, "consumers", "[\"ann\"]"));

    assertThat(producer.answers())
        .containsExactly(failure("1", JsonRpcErrorCode.INTERNAL_ERROR, "\"told to fail\""));
  }

  @Test
  void shouldSurviveAFaultOfTheBroker() {
    broker.failWith(new IllegalStateException("secret details"));

    producer.send(
        request(1, "publish", "[\"a\",\"1\"]"), request(2, "subscribe", "[\"a\",\"t.1\"]"));

    assertThat(producer.answers())
        .hasSize(2)
        .allSatisfy(
            answer ->
                assertThat(answer).contains("\"code\":-32603").doesNotContain("secret details"));
    assertThat(producer.isOpen()).isTrue();
  }

  @Test
  void shouldCloseOnBrokenFramesAndStillStoreWhatCameBefore() {
    producer.sendBytes(
        new String(EmbeddedProducer.frame(notification("publish", "[\"a\",\"1\"]"))) + "*1\r\n");

    assertThat(producer.isOpen()).isFalse();
    assertThat(broker.stored("a")).containsExactly("1");
  }
}
