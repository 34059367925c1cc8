package io.snapper.edge.rest;

import io.snapper.protocol.json.Utf8;
import java.io.ByteArrayOutputStream;

/** The escapes of addresses (RFC 3986). */
final class PercentEncoding {
  private PercentEncoding() {}

  /** Returns whether each % is followed by two hex digits, and escapes make characters in UTF-8. */
  static boolean isValid(String text) {
    if (text.indexOf('%') < 0) {
      return true;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      if (unit != '%') {
        // Only where escaped bytes begin and end matters here, not what is between them.
        bytes.write('.');
        continue;
      }
      if (index + 2 >= text.length()) {
        return false;
      }
      int high = Character.digit(text.charAt(index + 1), 16);
      int low = Character.digit(text.charAt(index + 2), 16);
      if (high < 0 || low < 0) {
        return false;
      }
      bytes.write(16 * high + low);
      index += 2;
    }
    return Utf8.decode(bytes.toByteArray()).isPresent();
  }
}
