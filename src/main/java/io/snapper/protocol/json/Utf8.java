package io.snapper.protocol.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8: malformed bytes are refused, never replaced. Thread-safe. */
public final class Utf8 {

  /** What the JDK's lenient decoder puts in the place of malformed bytes. */
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The text that the bytes encode; empty if any of them is malformed. */
  public static Optional<String> decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** The text that a range of the bytes encodes; empty if any of them is malformed. */
  public static Optional<String> decode(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return Optional.of(text);
    }
    // Either a malformed byte or a genuine U+FFFD: only the slow decoder can tell.
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
      return Optional.of(text);
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
