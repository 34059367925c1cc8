package io.snapper.protocol.json;

/**
 * Walks over JSON text that {@link JsonSyntax} has accepted and cuts values out of it exactly as
 * they were written. On unchecked text it may return nonsense or throw {@link
 * IndexOutOfBoundsException}. Not thread-safe; uses no stack per level.
 *
 * <pre>
 * cursor.enter();
 * while (cursor.hasNext()) {
 *   String key = cursor.takeKey();
 *   String value = cursor.takeRaw();
 * }
 * </pre>
 */
public final class JsonCursor {

  private final String text;
  private int position;

  /** A cursor before the first value of the text. */
  public JsonCursor(String text) {
    this.text = text;
  }

  /** Whether the value ahead is an array. */
  public boolean isAtArray() {
    return peek() == '[';
  }

  /** Whether the value ahead is an object. */
  public boolean isAtObject() {
    return peek() == '{';
  }

  /** Whether the value ahead is a string. */
  public boolean isAtString() {
    return peek() == '"';
  }

  /** Steps inside the array or object ahead. */
  public void enter() {
    peek();
    position++;
  }

  /** Whether an element or member follows; if none does, steps out of the array or object. */
  public boolean hasNext() {
    char ahead = peek();
    if (ahead == ']' || ahead == '}') {
      position++;
      return false;
    }
    if (ahead == ',') {
      position++;
    }
    return true;
  }

  /** Takes the key of the member ahead, decoded; its value is ahead afterwards. */
  public String takeKey() {
    String key = takeString();
    peek();
    position++;
    return key;
  }

  /** Takes the string ahead, decoded. */
  public String takeString() {
    peek();
    int from = position;
    position = endOfString(from);
    return JsonText.unquote(text, from, position);
  }

  /** Takes the value ahead, exactly as it is written, without the white space around it. */
  public String takeRaw() {
    peek();
    int from = position;
    skipValue();
    return text.substring(from, position);
  }

  /** Steps over the value ahead. */
  public void skipValue() {
    char first = peek();
    if (first == '"') {
      position = endOfString(position);
    } else if (first == '{' || first == '[') {
      position = endOfContainer(position);
    } else {
      position = endOfScalar(position);
    }
  }

  private char peek() {
    char ahead = text.charAt(position);
    while (ahead == ' ' || ahead == '\n' || ahead == '\r' || ahead == '\t') {
      ahead = text.charAt(++position);
    }
    return ahead;
  }

  /** Index behind the closing quote of the string that starts at {@code from}. */
  private int endOfString(int from) {
    int quote = text.indexOf('"', from + 1);
    while (isEscaped(quote)) {
      quote = text.indexOf('"', quote + 1);
    }
    return quote + 1;
  }

  /** Whether an odd number of backslashes stands before the index. */
  private boolean isEscaped(int index) {
    int backslash = index - 1;
    while (text.charAt(backslash) == '\\') {
      backslash--;
    }
    return (index - backslash & 1) == 0;
  }

  private int endOfContainer(int from) {
    int depth = 0;
    int index = from;
    do {
      char character = text.charAt(index);
      if (character == '"') {
        index = endOfString(index);
        continue;
      }
      if (character == '{' || character == '[') {
        depth++;
      } else if (character == '}' || character == ']') {
        depth--;
      }
      index++;
    } while (depth > 0);
    return index;
  }

  private int endOfScalar(int from) {
    int index = from;
    while (index < text.length() && ",]} \n\r\t".indexOf(text.charAt(index)) < 0) {
      index++;
    }
    return index;
  }
}
