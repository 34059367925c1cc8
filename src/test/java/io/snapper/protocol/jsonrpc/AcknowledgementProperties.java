package io.snapper.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.AnyText;
import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.jsonrpc.JsonRpcMessage.Success;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AcknowledgementProperties {

  private final JsonRpcParser parser = new JsonRpcParser(JsonRpcLimits.ofLength(1 << 16));

  @Property
  void shouldRecogniseEveryOrderAndSpacing(
      @ForAll("members") List<String> members, @ForAll("space") String space) {
    String text =
        space + "{" + space + String.join(space + "," + space, members) + space + "}" + space;

    assertThat(Acknowledgement.matches("4" + text, 1, "a-1")).isTrue();
    assertThat(parser.parse(text)).isEqualTo(new Success(JsonRpcId.ofString("a-1"), "\"OK\""));
  }

  @Property
  void shouldRecogniseEveryIdWithoutEscapes(@ForAll("texts") String id) {
    String text = JsonRpcWriter.success(JsonRpcId.ofString(id), "\"OK\"");

    Optional<String> recognised = Acknowledgement.idIn(text, 0);

    boolean hasEscapes = !JsonText.quote(id).equals('"' + id + '"');
    assertThat(recognised).isEqualTo(hasEscapes ? Optional.empty() : Optional.of(id));
  }

  @Property(tries = 20_000)
  void shouldAgreeWithTheParserOnAllThatItRecognises(@ForAll("almost") String text) {
    Optional<String> id = Acknowledgement.idIn(text, 0);

    if (id.isPresent()) {
      Success success = (Success) parser.parse(text);
      assertThat(success.id().isString(id.get())).isTrue();
      assertThat(success.result()).isEqualTo("\"OK\"");
      assertThat(Acknowledgement.matches(text, 0, id.get())).isTrue();
    }
  }

  @Provide
  Arbitrary<List<String>> members() {
    return Arbitraries.shuffle("\"jsonrpc\":\"2.0\"", "\"id\" : \"a-1\"", "\"result\":\n\"OK\"");
  }

  @Provide
  Arbitrary<String> space() {
    return Arbitraries.of("", " ", "\r\n\t ");
  }

  @Provide
  Arbitrary<String> texts() {
    return AnyText.units();
  }

  @Provide
  Arbitrary<String> almost() {
    Arbitrary<String> member =
        Arbitraries.oneOf(
            Arbitraries.of(
                "\"jsonrpc\":\"2.0\"",
                "\"id\":\"1\"",
                "\"id\" :\t\"é😀\u2028\"",
                "\"id\":\"\\n\"",
                "\"result\":\"OK\"",
                "\"result\":\"OK \"",
                "\"error\":null"),
            AnyText.units().map(text -> "\"id\":\"" + text + "\""));
    Arbitrary<String> plain =
        member.list().ofMinSize(2).ofMaxSize(4).map(list -> "{" + String.join(",", list) + "}");
    Arbitrary<String> shuffled =
        Arbitraries.shuffle("\"jsonrpc\":\"2.0\"", "\"id\":\"1\"", "\"result\":\"OK\"")
            .flatMap(
                list ->
                    Arbitraries.of("", " ", "x", "\n", "}", ",", "\0")
                        .map(tail -> "{" + String.join(",", list) + "}" + tail));
    return Arbitraries.oneOf(plain, shuffled);
  }
}
