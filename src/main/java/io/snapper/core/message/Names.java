package io.snapper.core.message;

import io.snapper.core.error.SnapperException;

/** The rules that all names share. */
final class Names {
  private static final int SHOWN_CHARACTERS = 64;

  private Names() {}

  /**
   * Returns {@code name} if it is 1 to {@code maxBytes} bytes of UTF-8, without control characters
   * and without lone surrogates.
   *
   * @throws SnapperException with {@code INVALID_ARGUMENT} otherwise, naming the value and the
   *     limit
   */
  static String checked(String what, String name, int maxBytes) {
    if (name == null || name.isEmpty()) {
      throw SnapperException.invalid(
          what + " must not be empty; it is 1 to " + maxBytes + " bytes of UTF-8");
    }
    int bytes = 0;
    for (int index = 0; index < name.length(); index++) {
      char unit = name.charAt(index);
      if (Character.isISOControl(unit)) {
        throw SnapperException.invalid(
            String.format(
                "%s '%s' has the control character U+%04X", what, shown(name), (int) unit));
      }
      if (Character.isHighSurrogate(unit)
          && index + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(index + 1))) {
        bytes += 4;
        index++;
      } else if (Character.isSurrogate(unit)) {
        throw SnapperException.invalid(
            String.format("%s '%s' has the lone surrogate U+%04X", what, shown(name), (int) unit));
      } else {
        bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      }
    }
    if (bytes > maxBytes) {
      throw SnapperException.invalid(
          what
              + " '"
              + shown(name)
              + "' has "
              + bytes
              + " bytes of UTF-8; the limit is "
              + maxBytes);
    }
    return name;
  }

  /**
   * Returns a form of any text that is safe and short enough for an error message or a log line.
   */
  private static String shown(String name) {
    String head =
        name.length() <= SHOWN_CHARACTERS ? name : name.substring(0, SHOWN_CHARACTERS) + "…";
    StringBuilder safe = new StringBuilder(head.length());
    for (char unit : head.toCharArray()) {
      safe.append(Character.isISOControl(unit) || Character.isSurrogate(unit) ? '\uFFFD' : unit);
    }
    return safe.toString();
  }
}
