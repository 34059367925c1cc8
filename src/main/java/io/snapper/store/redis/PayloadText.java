package io.snapper.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts as bytes, so that any Java string comes back as it was.
 *
 * <p>It is UTF-8, but a surrogate without its other half is written as three bytes of its own
 * (known as WTF-8), where UTF-8 would put a question mark: JSON texts can hold such, and what comes
 * in goes out.
 */
final class PayloadText {
  private static final int FIRST_OF_SURROGATE = 0xED;
  private static final int LOWEST_SECOND_OF_SURROGATE = 0xA0;

  private PayloadText() {}

  static byte[] encode(String text) {
    return hasLoneSurrogate(text) ? encodeUnitByUnit(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the text whose {@link #encode} gave these bytes. */
  static String decode(byte[] bytes, int from, int length) {
    int end = from + length;
    for (int index = from; index < end - 1; index++) {
      if ((bytes[index] & 0xFF) == FIRST_OF_SURROGATE
          && (bytes[index + 1] & 0xFF) >= LOWEST_SECOND_OF_SURROGATE) {
        return decodePieces(bytes, from, end);
      }
    }
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      if (Character.isSurrogate(unit)) {
        boolean isPair =
            Character.isHighSurrogate(unit)
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
        if (!isPair) {
          return true;
        }
        index++;
      }
    }
    return false;
  }

  private static byte[] encodeUnitByUnit(String text) {
    byte[] bytes = new byte[text.length() * 3];
    int size = 0;
    for (int index = 0; index < text.length(); ) {
      int codePoint = text.codePointAt(index);
      index += Character.charCount(codePoint);
      if (codePoint < 0x80) {
        bytes[size++] = (byte) codePoint;
      } else if (codePoint < 0x800) {
        bytes[size++] = (byte) (0xC0 | codePoint >> 6);
        bytes[size++] = continuation(codePoint);
      } else if (codePoint < 0x10000) {
        bytes[size++] = (byte) (0xE0 | codePoint >> 12);
        bytes[size++] = continuation(codePoint >> 6);
        bytes[size++] = continuation(codePoint);
      } else {
        bytes[size++] = (byte) (0xF0 | codePoint >> 18);
        bytes[size++] = continuation(codePoint >> 12);
        bytes[size++] = continuation(codePoint >> 6);
        bytes[size++] = continuation(codePoint);
      }
    }
    return Arrays.copyOf(bytes, size);
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | bits & 0x3F);
  }

  private static String decodePieces(byte[] bytes, int from, int end) {
    StringBuilder text = new StringBuilder(end - from);
    int pieceStart = from;
    for (int index = from; index + 2 < end; index++) {
      if ((bytes[index] & 0xFF) == FIRST_OF_SURROGATE
          && (bytes[index + 1] & 0xFF) >= LOWEST_SECOND_OF_SURROGATE) {
        text.append(new String(bytes, pieceStart, index - pieceStart, StandardCharsets.UTF_8));
        text.append((char) (0xD000 | (bytes[index + 1] & 0x3F) << 6 | bytes[index + 2] & 0x3F));
        index += 2;
        pieceStart = index + 1;
      }
    }
    return text.append(new String(bytes, pieceStart, end - pieceStart, StandardCharsets.UTF_8))
        .toString();
  }
}
