package io.snapper.protocol.engineio;

import io.snapper.protocol.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names and values of a query, percent-encoded UTF-8 in which a plus is a space. */
final class PercentText {

  private PercentText() {}

  /** The decoded text; empty if it is malformed. */
  static Optional<String> decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw.replace('+', ' '));
    }
    byte[] bytes = raw.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int index = 0; index < bytes.length; index++) {
      if (bytes[index] != '%') {
        decoded.write(bytes[index]);
        continue;
      }
      if (index + 2 >= bytes.length) {
        return Optional.empty();
      }
      int high = hexDigit(bytes[index + 1]);
      int low = hexDigit(bytes[index + 2]);
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      decoded.write(high << 4 | low);
      index += 2;
    }
    return Utf8.decode(decoded.toByteArray());
  }

  /** The value of a hexadecimal digit; negative if it is none. Only ASCII digits are. */
  private static int hexDigit(byte character) {
    return character < 0 ? -1 : Character.digit((char) character, 16);
  }
}
