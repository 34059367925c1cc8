package io.snapper.edge.rest;

/** Shows text that came from outside. */
final class Excerpts {
  private static final int SHOWN_CHARACTERS = 64;

  private Excerpts() {}

  /** Returns a form of any text that is safe and short enough for an error message. */
  static String shown(String text) {
    String head =
        text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    StringBuilder safe = new StringBuilder(head.length());
    for (char unit : head.toCharArray()) {
      safe.append(Character.isISOControl(unit) || Character.isSurrogate(unit) ? '\uFFFD' : unit);
    }
    return safe.toString();
  }
}
