package io.snapper.core.auth;

import io.snapper.core.message.ConsumerId;

/** The kind of device that a consumer runs on. Its letter begins the consumerId. */
public enum DeviceKind {
  /** A browser, and whatever is not known better. */
  WEB('t'),
  /** An iPhone or iPad. */
  IOS('i'),
  /** An Android device. */
  ANDROID('a');

  private final char letter;

  DeviceKind(char letter) {
    this.letter = letter;
  }

  /** Returns the letter before the dot of a consumerId. */
  public char letter() {
    return letter;
  }

  /**
   * Returns the kind that a token's claim {@code source} means: the first letter counts, in any
   * case; no source, or another letter, is the web.
   *
   * @param source may be {@code null} or empty
   */
  public static DeviceKind fromSource(String source) {
    if (source == null || source.isEmpty()) {
      return WEB;
    }
    return switch (source.charAt(0)) {
      case 'a', 'A' -> ANDROID;
      case 'i', 'I' -> IOS;
      default -> WEB;
    };
  }

  /** Returns the kind that a consumerId names by its first two characters. */
  public static DeviceKind of(ConsumerId consumer) {
    if (consumer.value().startsWith("a.")) {
      return ANDROID;
    }
    return consumer.value().startsWith("i.") ? IOS : WEB;
  }
}
