package io.snapper.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.AnyText;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTextProperties {

  private static final JsonProvider PROVIDER = JsonProvider.provider();

  @Property
  void shouldGetBackWhatWasQuoted(@ForAll("units") String value) {
    assertThat(JsonText.unquote(JsonText.quote(value))).isEqualTo(value);
  }

  @Property
  void shouldQuoteWhatAnyParserUnderstands(@ForAll("units") String value) {
    String parsed;
    try (var reader = PROVIDER.createReader(new StringReader(JsonText.quote(value)))) {
      parsed = ((JsonString) reader.readValue()).getString();
    }

    assertThat(parsed).isEqualTo(value);
  }

  @Property
  void shouldQuoteIntoSomethingThatUtf8CanCarry(@ForAll("units") String value) {
    String literal = JsonText.quote(value);

    assertThat(new String(literal.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(literal);
  }

  @Property
  void shouldUnquoteWhatAnyProviderWrites(@ForAll("encodable") String value) {
    assertThat(JsonText.unquote(PROVIDER.createValue(value).toString())).isEqualTo(value);
  }

  @Provide
  Arbitrary<String> units() {
    return AnyText.units();
  }

  @Provide
  Arbitrary<String> encodable() {
    return AnyText.encodable();
  }
}
