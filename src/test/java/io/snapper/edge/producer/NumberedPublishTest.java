package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static io.snapper.edge.producer.EmbeddedProducer.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.ErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Publishes whose producer numbers them. */
class NumberedPublishTest {
  private final RecordingBroker broker = new RecordingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.of(broker);

  @Test
  void shouldHandOnTheNumberWithinTheNameThatTheTokenProves() {
    producer.send(
        request(1, "publish", numbered(7, "[[\"a\",\"1\"],[\"b\",\"2\"],[\"a\",\"3\"]]")));

    assertThat(producer.answers()).containsExactly(success(1, "3"));
    assertThat(broker.calls())
        .containsExactly(
            "publish a [1, 3] as 7.0 of backend-1/p", "publish b [2] as 7.0 of backend-1/p");
  }

  @Test
  void shouldSendEachNumberByItselfAndKeepTheOrderAmongOthers() {
    producer.send(
        notification("publish", "[\"a\",\"0\"]"),
        notification("publish", numbered(1, "[\"a\",\"1\"]")),
        notification("publish", numbered(2, "[\"a\",\"2\"]")),
        notification("publish", "[\"a\",\"3\"]"),
        notification("publish", "[\"a\",\"4\"]"));

    assertThat(broker.calls())
        .containsExactly(
            "publish a [0]",
            "publish a [1] as 1.0 of backend-1/p",
            "publish a [2] as 2.0 of backend-1/p",
            "publish a [3, 4]");
  }

  @Test
  void shouldNameThePartsOfAFloodTheSameEachTime() {
    String pairs =
        IntStream.range(0, 1200)
            .mapToObj(number -> "[\"a\",\"" + number + "\"]")
            .collect(Collectors.joining(",", "[[\"b\",\"x\"],", "]"));

    producer.send(request(1, "publish", numbered(5, pairs)));
    List<String> first = List.copyOf(broker.calls());
    producer.send(request(2, "publish", numbered(5, pairs)));

    assertThat(producer.answers()).containsExactly(success(1, "1201"), success(2, "1201"));
    assertThat(first)
        .extracting(call -> call.replaceAll(" \\[.*]", ""))
        .containsExactlyInAnyOrder(
            "publish b as 5.0 of backend-1/p",
            "publish a as 5.0 of backend-1/p",
            "publish a as 5.1 of backend-1/p",
            "publish a as 5.2 of backend-1/p");
    assertThat(broker.calls().subList(first.size(), 2 * first.size())).isEqualTo(first);
  }

  @Test
  void shouldStoreNothingAfterAFailureUntilTheFailedOneComesAgain() {
    broker.failWith(ErrorCode.INTERNAL);
    producer.send(
        request(5, "publish", numbered(5, "[\"a\",\"five\"]")),
        request(6, "publish", numbered(6, "[\"a\",\"six\"]")));
    broker.failWith((ErrorCode) null);
    producer.send(request(7, "publish", numbered(7, "[\"b\",\"seven\"]")));

    assertThat(producer.answers())
        .hasSize(3)
        .allMatch(answer -> answer.contains("\"code\":" + JsonRpcErrorCode.INTERNAL_ERROR.code()))
        .element(2)
        .asString()
        .contains("sequence 7 is not stored, since 5 failed");
    assertThat(broker.calls()).containsExactly("publish a [five] as 5.0 of backend-1/p");

    producer.send(
        request(8, "publish", numbered(5, "[\"a\",\"five\"]")),
        request(9, "publish", numbered(6, "[\"a\",\"six\"]")));

    assertThat(producer.answers()).containsExactly(success(8, "1"), success(9, "1"));
    assertThat(broker.stored("a")).containsExactly("five", "six");
  }

  @Test
  void shouldLetOtherProducersAndUnnumberedCallsPassAFailure() {
    broker.failWith(ErrorCode.INTERNAL);
    producer.send(notification("publish", numbered(5, "[\"a\",\"five\"]")));
    broker.failWith((ErrorCode) null);

    producer.send(
        request(1, "publish", "[\"a\",\"plain\"]"),
        request(2, "publish", "{\"producer\":\"q\",\"sequence\":9,\"messages\":[\"a\",\"q's\"]}"));

    assertThat(producer.answers()).containsExactly(success(1, "1"), success(2, "1"));
    assertThat(broker.stored("a")).containsExactly("plain", "q's");
  }

  @Test
  void shouldRefuseANumberWithoutAProducer() {
    producer.send(request(1, "publish", "{\"sequence\":1,\"messages\":[\"a\",\"1\"]}"));

    assertThat(producer.answers())
        .singleElement()
        .asString()
        .contains("\"code\":" + JsonRpcErrorCode.INVALID_PARAMS.code(), "producer: 1 to 128");
    assertThat(broker.calls()).isEmpty();
  }

  private static String numbered(long sequence, String messages) {
    return "{\"producer\":\"p\",\"sequence\":" + sequence + ",\"messages\":" + messages + "}";
  }
}
