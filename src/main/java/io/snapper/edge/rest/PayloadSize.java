package io.snapper.edge.rest;

/** Measures messages as the broker does. */
final class PayloadSize {
  private PayloadSize() {}

  /** Returns the bytes that a text has in UTF-8; a surrogate without its partner counts 2. */
  static long bytes(String text) {
    long bytes = 0;
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return bytes;
  }
}
