package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnauthenticatedProducerTest {
  private final RecordingBroker broker = new RecordingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.unauthenticated(broker);

  @Test
  void shouldAnswerOkToAValidToken() {
    producer.send(EmbeddedProducer.request(7, "auth", "[\"" + FakeTokens.VALID + "\"]"));

    assertThat(producer.answers()).containsExactly(EmbeddedProducer.success(7, "\"OK\""));
    assertThat(producer.isOpen()).isTrue();
  }

  @Test
  void shouldHandleWhatCameTogetherWithTheToken() {
    producer.send(
        EmbeddedProducer.auth(),
        EmbeddedProducer.notification("publish", "[[\"room\",\"" + "x".repeat(900) + "\"]]"),
        EmbeddedProducer.request(1, "echo", "[\"" + "y".repeat(20_000) + "\"]"));

    assertThat(broker.stored("room")).hasSize(1);
    assertThat(producer.answers()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"auth\",\"params\":[\"forged\"]}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"auth\",\"params\":[\"\"]}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"auth\",\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"auth\",\"params\":[1]}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"auth\",\"params\":{\"token\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"auth\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"publish\",\"params\":[\"room\",\"x\"]}",
      })
  void shouldAnswerUnauthorizedToAnythingElseAndClose(String first) {
    producer.send(first, EmbeddedProducer.auth());

    assertThat(producer.answers())
        .containsExactly(failure("\"a\"", JsonRpcErrorCode.UNAUTHORIZED, null));
    assertThat(producer.isOpen()).isFalse();
    assertThat(broker.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{\"jsonrpc\":\"2.0\",\"method\":\"auth\",\"params\":[\"valid.token.here\"]}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"auth\",\"params\":[\"valid.token.here\"]}]",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"auth\",\"params\":[\"valid.token.here\"]}",
      })
  void shouldAnswerUnauthorizedWithoutAnIdToWhatIsNoRequest(String first) {
    producer.send(first);

    assertThat(producer.answers())
        .containsExactly(failure("null", JsonRpcErrorCode.UNAUTHORIZED, null));
    assertThat(producer.isOpen()).isFalse();
  }

  @Test
  void shouldCloseAConnectionThatDoesNotAuthenticateInTime() {
    producer.passTime(Duration.ofSeconds(9));
    assertThat(producer.isOpen()).isTrue();

    producer.passTime(Duration.ofSeconds(1));

    assertThat(producer.isOpen()).isFalse();
    assertThat(producer.answers()).isEmpty();
  }

  @Test
  void shouldLetAnIdleProducerStay() {
    producer.send(EmbeddedProducer.auth());

    producer.passTime(Duration.ofDays(30));

    assertThat(producer.isOpen()).isTrue();
  }

  @Test
  void shouldCloseOnAFrameThatIsTooLongForAToken() {
    producer.sendBytes("$8193\r\n");

    assertThat(producer.isOpen()).isFalse();
    assertThat(producer.answers()).isEmpty();
  }

  @Test
  void shouldCloseOnBrokenFrames() {
    producer.sendBytes("GET / HTTP/1.1\r\n\r\n");

    assertThat(producer.isOpen()).isFalse();
    assertThat(producer.answers()).isEmpty();
  }
}
