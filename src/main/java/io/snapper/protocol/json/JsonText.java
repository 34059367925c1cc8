package io.snapper.protocol.json;

/**
 * JSON string literals, written exactly as JavaScript's {@code JSON.stringify} writes them: quotes,
 * backslashes and control characters are escaped, and so is every surrogate without its partner,
 * since UTF-8 could not carry it. Everything else stays as it is. Thread-safe.
 */
public final class JsonText {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /** Returns the JSON string literal, quotes included, whose value is the given string. */
  public static String quote(String value) {
    int length = escapedLength(value);
    return length == value.length() ? "\"" + value + "\"" : new String(escaped(value, length));
  }

  /** Appends the JSON string literal, quotes included, whose value is the given string. */
  public static void quoteTo(StringBuilder out, String value) {
    int length = escapedLength(value);
    if (length == value.length()) {
      out.append('"').append(value).append('"');
    } else {
      out.append(escaped(value, length));
    }
  }

  /**
   * Returns the value of a JSON string literal.
   *
   * @param literal a valid JSON string literal with its quotes; anything else gives an unspecified
   *     result or an {@link IndexOutOfBoundsException}
   */
  public static String unquote(String literal) {
    return unquote(literal, 0, literal.length());
  }

  /** The value of the valid literal that fills the range, its quotes included. */
  static String unquote(String text, int from, int to) {
    int end = to - 1;
    int backslash = text.indexOf('\\', from);
    if (backslash < 0 || backslash >= end) {
      return text.substring(from + 1, end);
    }
    char[] out = new char[end - from];
    int length = backslash - from - 1;
    text.getChars(from + 1, backslash, out, 0);
    int index = backslash;
    while (index < end) {
      char character = text.charAt(index++);
      if (character == '\\') {
        char escape = text.charAt(index++);
        if (escape == 'u') {
          character = (char) Integer.parseInt(text, index, index + 4, 16);
          index += 4;
        } else {
          character = unescaped(escape);
        }
      }
      out[length++] = character;
    }
    return new String(out, 0, length);
  }

  /** The length of the string with its escapes and without quotes. */
  private static int escapedLength(String value) {
    int length = value.length();
    int escapedLength = length;
    for (int index = 0; index < length; index++) {
      char character = value.charAt(index);
      if (character < ' ' || character == '"' || character == '\\') {
        escapedLength += shortEscape(character) != 0 ? 1 : 5;
      } else if (Character.isSurrogate(character)) {
        if (startsPair(value, index)) {
          index++;
        } else {
          escapedLength += 5;
        }
      }
    }
    return escapedLength;
  }

  /** The literal, given its length without quotes: what is known beforehand need not be grown. */
  private static char[] escaped(String value, int escapedLength) {
    char[] out = new char[escapedLength + 2];
    int at = 0;
    out[at++] = '"';
    int length = value.length();
    for (int index = 0; index < length; index++) {
      char character = value.charAt(index);
      if (character < ' ' || character == '"' || character == '\\') {
        at = putEscape(out, at, character);
      } else if (!Character.isSurrogate(character)) {
        out[at++] = character;
      } else if (startsPair(value, index)) {
        out[at++] = character;
        out[at++] = value.charAt(++index);
      } else {
        at = putEscape(out, at, character);
      }
    }
    out[at] = '"';
    return out;
  }

  private static boolean startsPair(String value, int index) {
    return Character.isHighSurrogate(value.charAt(index))
        && index + 1 < value.length()
        && Character.isLowSurrogate(value.charAt(index + 1));
  }

  /** The letter of the two-character escape; 0 if there is none. */
  private static char shortEscape(char character) {
    return switch (character) {
      case '"', '\\' -> character;
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  private static int putEscape(char[] out, int from, char character) {
    int at = from;
    out[at++] = '\\';
    char letter = shortEscape(character);
    if (letter != 0) {
      out[at++] = letter;
    } else {
      out[at++] = 'u';
      out[at++] = HEX[character >> 12];
      out[at++] = HEX[character >> 8 & 15];
      out[at++] = HEX[character >> 4 & 15];
      out[at++] = HEX[character & 15];
    }
    return at;
  }

  private static char unescaped(char escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }
}
