package io.snapper.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations are written: {@code 5s}, {@code 100ms}, {@code 24h}, or ISO 8601, {@code PT5S}. */
public final class Durations {
  /** How a duration is written, for error texts. */
  static final String FORM = "a duration such as 100ms, 5s, 10m, 24h, 7d or PT5S";

  private static final Pattern SHORT =
      Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

  private Durations() {}

  /**
   * Returns the duration that {@code text} means, 0 or more.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    Matcher matcher = SHORT.matcher(trimmed);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      Duration parsed = Duration.parse(trimmed);
      if (!parsed.isNegative()) {
        return parsed;
      }
    } catch (DateTimeException notIso) {
      // Both forms failed: the text below names them.
    }
    throw new IllegalArgumentException("must be " + FORM);
  }

  /** Returns the shortest form that {@link #parse} reads back, in whole milliseconds. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
