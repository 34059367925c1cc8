package io.snapper.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.snapper.protocol.AnyText;
import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Failure;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonRpcParserProperties {

  private final JsonRpcParser parser = new JsonRpcParser(JsonRpcLimits.ofLength(1 << 16));

  @Property
  void shouldNeverThrowForBytes(@ForAll byte[] bytes) {
    assertThatCode(() -> parser.parse(bytes)).doesNotThrowAnyException();
  }

  @Property(tries = 5000)
  void shouldNeverThrowForAlmostMessages(@ForAll("almostMessages") String text) {
    assertThatCode(
            () -> {
              JsonRpcMessage message = parser.parse(text);
              if (message instanceof Request request) {
                PublishParams.parse(request.params());
                JsonRpcParams.strings(request.params());
              }
              JsonRpcWriter.invalidNotification(message);
            })
        .doesNotThrowAnyException();
  }

  @Property(tries = 5000)
  void shouldNeverThrowForTruncatedMessages(
      @ForAll("texts") String method, @ForAll("fraction") double cut) {
    String text = JsonRpcWriter.request(new JsonRpcId("1"), method, "[[\"a\",\"b\"],{\"c\":1}]");

    assertThat(parser.parse(text.substring(0, (int) (cut * text.length()))))
        .isInstanceOf(JsonRpcMessage.Invalid.class);
  }

  @Property
  void shouldReadTheRequestsItWrites(
      @ForAll("texts") String id, @ForAll("texts") String method, @ForAll("texts") String param) {
    String params = "[" + JsonText.quote(param) + "]";

    String text = JsonRpcWriter.request(JsonRpcId.ofString(id), method, params);

    Request expected = new Request(JsonRpcId.ofString(id), method, Optional.of(params));
    assertThat(parser.parse(text)).isEqualTo(expected);
    assertThat(parser.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    assertThat(JsonRpcParams.strings(expected.params())).contains(List.of(param));
    assertThat(expected.id().text()).isEqualTo(id);
    assertThat(expected.id().isString(id)).isTrue();
  }

  @Property
  void shouldReadTheFailuresItWrites(@ForAll("texts") String message, @ForAll int code) {
    String text = JsonRpcWriter.failure(JsonRpcId.NULL, code, message);

    assertThat(parser.parse(text))
        .isEqualTo(new Failure(JsonRpcId.NULL, code, message, Optional.empty()));
  }

  @Provide
  Arbitrary<String> texts() {
    return AnyText.units();
  }

  @Provide
  Arbitrary<Double> fraction() {
    return Arbitraries.doubles().between(0, 0.99);
  }

  @Provide
  Arbitrary<String> almostMessages() {
    return AnyText.of(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"jsonrpc\":\"2.0\"",
        "\"id\":1",
        "\"id\":\"x\"",
        "\"method\":\"publish\"",
        "\"params\":",
        "[[\"r\",\"m\"]]",
        "\"result\":\"OK\"",
        "\"error\":{\"code\":1,\"message\":\"\"}",
        "null",
        "\\",
        "\"");
  }
}
