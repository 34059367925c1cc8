package io.snapper.core.message;

import io.snapper.core.error.SnapperException;

/**
 * The operator's name for a user: 1 to 128 characters (code points), which are at most 512 bytes of
 * UTF-8, no control characters.
 */
public record UserId(String value) {
  /** The longest id, in characters. */
  public static final int MAX_CHARACTERS = 128;

  /** The longest id in bytes of UTF-8, of which a character has at most 4. */
  public static final int MAX_BYTES = 4 * MAX_CHARACTERS;

  public UserId {
    if (value != null && value.codePointCount(0, value.length()) > MAX_CHARACTERS) {
      throw SnapperException.invalid(
          "userId has "
              + value.codePointCount(0, value.length())
              + " characters; the limit is "
              + MAX_CHARACTERS);
    }
    Names.checked("userId", value, MAX_BYTES);
  }

  @Override
  public String toString() {
    return value;
  }
}
