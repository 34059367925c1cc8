package io.snapper.protocol.jsonrpc;

import java.util.Optional;

/**
 * Recognises the plain acknowledgement {@code {"jsonrpc":"2.0","id":"…","result":"OK"}} without
 * building anything: members in any order, white space anywhere, no escapes. Every other text,
 * whatever it means, is for {@link JsonRpcParser}, which agrees on all that is recognised here.
 * Thread-safe.
 */
public final class Acknowledgement {

  private static final int NOT_ONE = -1;
  private static final int VERSION = 1;
  private static final int ID = 2;
  private static final int RESULT = 4;

  private Acknowledgement() {}

  /** Whether the text from the index on is the plain acknowledgement of this id. */
  public static boolean matches(String text, int from, String id) {
    long range = idRange(text, from);
    if (range == NOT_ONE) {
      return false;
    }
    int start = (int) (range >> 32);
    int end = (int) range;
    return end - start == id.length() && text.startsWith(id, start);
  }

  /** The id that the text from the index on acknowledges; empty if it is nothing so plain. */
  public static Optional<String> idIn(String text, int from) {
    long range = idRange(text, from);
    return range == NOT_ONE
        ? Optional.empty()
        : Optional.of(text.substring((int) (range >> 32), (int) range));
  }

  /** Start and end of the id, in the upper and lower half; {@link #NOT_ONE} if it is none. */
  private static long idRange(String text, int from) {
    long range = NOT_ONE;
    int seen = 0;
    int index = skip(text, from, '{');
    while (index > 0) {
      int member = memberAt(text, index);
      if ((seen & member) != 0) {
        return NOT_ONE;
      }
      seen |= member;
      int value;
      int end;
      switch (member) {
        case VERSION -> {
          value = skip(text, index + "\"jsonrpc\"".length(), ':');
          end = skipText(text, value, "\"2.0\"");
        }
        case RESULT -> {
          value = skip(text, index + "\"result\"".length(), ':');
          end = skipText(text, value, "\"OK\"");
        }
        case ID -> {
          value = skip(text, index + "\"id\"".length(), ':');
          end = skipPlainString(text, value);
          range = (long) (value + 1) << 32 | end - 1;
        }
        default -> {
          return NOT_ONE;
        }
      }
      if (end < 0) {
        return NOT_ONE;
      }
      if (seen == (VERSION | ID | RESULT)) {
        int behind = skip(text, end, '}');
        return behind > 0 && skipSpace(text, behind) == text.length() ? range : NOT_ONE;
      }
      index = skip(text, end, ',');
    }
    return NOT_ONE;
  }

  private static int memberAt(String text, int index) {
    if (text.startsWith("\"id\"", index)) {
      return ID;
    }
    if (text.startsWith("\"result\"", index)) {
      return RESULT;
    }
    return text.startsWith("\"jsonrpc\"", index) ? VERSION : 0;
  }

  /** Index of what follows the character and the space around it; negative if it isn't there. */
  private static int skip(String text, int from, char expected) {
    int index = skipSpace(text, from);
    return index < text.length() && text.charAt(index) == expected
        ? skipSpace(text, index + 1)
        : NOT_ONE;
  }

  private static int skipText(String text, int from, String expected) {
    return from > 0 && text.startsWith(expected, from) ? from + expected.length() : NOT_ONE;
  }

  /** Index behind the string; negative if there is none or it has escapes. */
  private static int skipPlainString(String text, int from) {
    if (from < 0 || from >= text.length() || text.charAt(from) != '"') {
      return NOT_ONE;
    }
    for (int index = from + 1; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '"') {
        return index + 1;
      }
      if (character == '\\' || character < ' ') {
        return NOT_ONE;
      }
    }
    return NOT_ONE;
  }

  private static int skipSpace(String text, int from) {
    int index = from;
    while (index < text.length() && isSpace(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }
}
