package io.snapper.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishParamsTest {

  @Test
  void shouldReadAList() {
    PublishParams params = read("[[\"r\",\"m\"], [ \"\\u0072\" , \"\\ud800\\/\" ]]");

    assertThat(params.pairs())
        .containsExactly(
            new PublishParams.Pair("r", "\"m\""), new PublishParams.Pair("r", "\"\\ud800\\/\""));
    assertThat(params.pairs())
        .extracting(PublishParams.Pair::message)
        .containsExactly("m", "\ud800/");
    assertThat(params.skipped()).isZero();
  }

  @Test
  void shouldReadOnePair() {
    PublishParams params = read("[\"r\",\"m\"]");

    assertThat(params.pairs()).containsExactly(new PublishParams.Pair("r", "\"m\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"\",\"m\"]", "[\"r\",\"\"]", "[\"r\"]", "[\"r\",1]", "[\"r\",null]", "[\"r\",[\"m\"]]",
        "[\"r\",\"m\",\"x\"]", "[]", "[1,\"m\"]", "[[\"r\",\"m\"]]", "{\"a\":[\"r\",\"m\"]}", "7",
        "null", "\"r\"", "[{\"a\":\"}\"},\"m\"]"
      })
  void shouldSkipWhatIsNoPairAndKeepTheRest(String odd) {
    PublishParams params = read("[[\"r\",\"1\"]," + odd + ",[\"r\",\"2\"]]");

    assertThat(params.pairs()).extracting(PublishParams.Pair::message).containsExactly("1", "2");
    assertThat(params.skipped()).isEqualTo(1);
  }

  @Test
  void shouldSkipAFirstElementThatIsNoPair() {
    PublishParams params = read("[null,[\"r\",\"m\"]]");

    assertThat(params.pairs()).hasSize(1);
    assertThat(params.skipped()).isEqualTo(1);
  }

  @Test
  void shouldNeverPublishTheContentOfAMessageThatIsNoString() {
    PublishParams params = read("[\"room\",[\"other\",\"secret\"]]");

    assertThat(params).isEqualTo(new PublishParams(List.of(), 1));
  }

  @Test
  void shouldAcceptAnEmptyList() {
    assertThat(read("[ ]")).isEqualTo(new PublishParams(List.of(), 0));
  }

  @Test
  void shouldRefuseWhatIsNoArray() {
    assertThat(PublishParams.parse(Optional.empty())).isEmpty();
    assertThat(PublishParams.parse(Optional.of("{\"r\":\"m\"}"))).isEmpty();
  }

  @Test
  void shouldReadTheProducerAndItsNumber() {
    PublishParams params =
        read(
            "{\"sequence\": 9007199254740991 , \"messages\":[[\"r\",\"m\"],null], \"later\":{},"
                + "\"producer\":\"b\\u00fcro 1\"}");

    assertThat(params.number())
        .contains(new PublishParams.Number("b\u00fcro 1", 9007199254740991L));
    assertThat(params.pairs()).containsExactly(new PublishParams.Pair("r", "\"m\""));
    assertThat(params.skipped()).isEqualTo(1);
    assertThat(read("{\"producer\":\"p\",\"sequence\":1,\"messages\":[\"r\",\"m\"]}").pairs())
        .containsExactly(new PublishParams.Pair("r", "\"m\""));
    assertThat(read("[\"r\",\"m\"]").number()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[]}",
        "{\"producer\":\"p\",\"messages\":[]}",
        "{\"sequence\":1,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":1}",
        "{\"producer\":\"p\",\"sequence\":1,\"messages\":{}}",
        "{\"producer\":\"p\",\"sequence\":1,\"messages\":\"m\"}",
        "{\"producer\":\"\",\"sequence\":1,\"messages\":[]}",
        "{\"producer\":\"p\\n\",\"sequence\":1,\"messages\":[]}",
        "{\"producer\":7,\"sequence\":1,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":0,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":-1,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":1.5,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":1e3,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":\"1\",\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":null,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":9007199254740992,\"messages\":[]}",
        "{\"producer\":\"p\",\"sequence\":12345678901234567890,\"messages\":[]}"
      })
  void shouldRefuseAnObjectThatIsNotNumberedAsItMustBe(String params) {
    assertThat(PublishParams.parse(Optional.of(params))).isEmpty();
  }

  @Test
  void shouldTakeAProducerOf128CharactersAndNoMore() {
    String params = "{\"producer\":\"%s\",\"sequence\":1,\"messages\":[]}";

    assertThat(PublishParams.parse(Optional.of(params.formatted("x".repeat(128))))).isPresent();
    assertThat(PublishParams.parse(Optional.of(params.formatted("x".repeat(129))))).isEmpty();
  }

  @Test
  void shouldReadStringsOnlyIfAllAre() {
    assertThat(JsonRpcParams.strings(Optional.of("[\"a\", \"\\n\"]"))).contains(List.of("a", "\n"));
    assertThat(JsonRpcParams.strings(Optional.of("[]"))).contains(List.of());
    assertThat(JsonRpcParams.strings(Optional.of("[\"a\",1]"))).isEmpty();
    assertThat(JsonRpcParams.strings(Optional.of("{}"))).isEmpty();
    assertThat(JsonRpcParams.strings(Optional.empty())).isEmpty();
  }

  private static PublishParams read(String params) {
    return PublishParams.parse(Optional.of(params)).orElseThrow();
  }
}
