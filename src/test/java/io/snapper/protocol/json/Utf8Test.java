package io.snapper.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "é€😀", "\ufffd", "a\ufffdb", "\ufeff"})
  void shouldDecodeText(String text) {
    assertThat(Utf8.decode(text.getBytes(StandardCharsets.UTF_8))).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80", "c3", "c080", "eda080", "f8808080", "f4908080", "61ff62", "efbfbdff"})
  void shouldRefuseMalformedBytes(String hex) {
    assertThat(Utf8.decode(HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void shouldDecodeOnlyTheRange() {
    assertThat(Utf8.decode(new byte[] {-1, 'a', 'b', -1}, 1, 2)).contains("ab");
  }
}
