package io.snapper.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.AnyText;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonCursorProperties {

  @Property
  void shouldCutElementsOutExactly(
      @ForAll("values") List<String> values, @ForAll("space") String space) {
    String array = space + "[" + space + String.join(space + "," + space, values) + space + "]";
    JsonCursor cursor = new JsonCursor(array);
    List<String> taken = new ArrayList<>();

    cursor.enter();
    while (cursor.hasNext()) {
      taken.add(cursor.takeRaw());
    }

    assertThat(taken).isEqualTo(values);
  }

  @Property
  void shouldCutMembersOutExactly(
      @ForAll("values") List<String> values,
      @ForAll("keys") String key,
      @ForAll("space") String space) {
    List<String> members = new ArrayList<>();
    for (String value : values) {
      members.add(space + JsonText.quote(key) + space + ":" + space + value + space);
    }
    JsonCursor cursor = new JsonCursor("{" + String.join(",", members) + "}");
    List<String> taken = new ArrayList<>();

    cursor.enter();
    while (cursor.hasNext()) {
      assertThat(cursor.takeKey()).isEqualTo(key);
      taken.add(cursor.takeRaw());
    }

    assertThat(taken).isEqualTo(values);
  }

  @Property(tries = 5000)
  void shouldCutAllOfWhateverIsValid(@ForAll("almostJson") String text) {
    if (JsonSyntax.isValid(text, 16)) {
      assertThat(new JsonCursor(text).takeRaw()).isEqualTo(text.strip());
    }
  }

  @Provide
  Arbitrary<List<String>> values() {
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            Arbitraries.of("0", "-12.5e3", "true", "false", "null", "[]", "{}", "{\"]\":\"\\\"\"}"),
            AnyText.units().map(JsonText::quote));
    Arbitrary<String> nested =
        scalar.list().ofMaxSize(3).map(list -> "[" + String.join(" , ", list) + "]");
    return Arbitraries.oneOf(scalar, nested).list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> keys() {
    return AnyText.units();
  }

  @Provide
  Arbitrary<String> space() {
    return Arbitraries.of("", " ", "\n\t\r ");
  }

  @Provide
  Arbitrary<String> almostJson() {
    return AnyText.of("[", "]", "{", "}", ",", ":", "\"", "\\", "\"a\"", "1", "true", " ", "[]");
  }
}
