package io.snapper.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or of bytes on a wire, 0 or more. Written {@code 1MiB} or {@code 1048576}.
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  /** How a size is written, for error texts. */
  static final String FORM = "a size such as 512B, 64KiB, 1MiB, 1GiB or a number of bytes";

  private static final Pattern RULE =
      Pattern.compile("(\\d{1,18})\\s*(b|kib|mib|gib)?", Pattern.CASE_INSENSITIVE);

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("size " + bytes + " must not be negative");
    }
  }

  /**
   * Returns the size that {@code text} means.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DataSize parse(String text) {
    Matcher matcher = RULE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be " + FORM);
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2).toLowerCase(Locale.ROOT);
    int shift =
        switch (unit) {
          case "kib" -> 10;
          case "mib" -> 20;
          case "gib" -> 30;
          default -> 0;
        };
    try {
      return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("must be " + FORM + ", below 8 EiB", tooLarge);
    }
  }

  /**
   * Returns the bytes as an int.
   *
   * @throws ArithmeticException over 2 GiB; no declared setting allows that much
   */
  public int intBytes() {
    return Math.toIntExact(bytes);
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** Returns the shortest form that {@link #parse} reads back: {@code 64KiB}, {@code 1000B}. */
  @Override
  public String toString() {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    long value = bytes;
    int unit = 0;
    while (unit < units.length - 1 && value != 0 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + units[unit];
  }
}
