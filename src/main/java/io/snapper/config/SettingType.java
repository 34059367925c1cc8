package io.snapper.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes a value.
 *
 * @param rule what the text must be, as it stands in error texts and in the settings table
 * @param parser returns the value; throws {@link IllegalArgumentException} if the text breaks the
 *     rule
 */
record SettingType<T>(String rule, Function<String, T> parser) {

  /** Text of 1 to {@code maxCharacters} characters, without control characters. */
  static SettingType<String> text(int maxCharacters) {
    return new SettingType<>(
        "text, up to " + maxCharacters + " characters",
        text -> {
          require(text.length() <= maxCharacters);
          require(text.chars().noneMatch(Character::isISOControl));
          return text;
        });
  }

  /** Text that matches {@code pattern}; {@code rule} says the same in words. */
  static SettingType<String> pattern(String rule, String pattern) {
    return new SettingType<>(
        rule,
        text -> {
          require(text.matches(pattern));
          return text;
        });
  }

  static SettingType<Boolean> flag() {
    return new SettingType<>(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  static SettingType<Integer> integer(int min, int max) {
    return new SettingType<>(
        String.format(Locale.ROOT, "a number, %d to %d", min, max),
        text -> {
          int value = Integer.parseInt(text);
          require(min <= value && value <= max);
          return value;
        });
  }

  static SettingType<Integer> powerOfTwo(int max) {
    return new SettingType<>(
        "a power of two, 1 to " + max,
        text -> {
          int value = Integer.parseInt(text);
          require(1 <= value && value <= max && Integer.bitCount(value) == 1);
          return value;
        });
  }

  static SettingType<Duration> duration(String min, String max) {
    Duration shortest = Durations.parse(min);
    Duration longest = Durations.parse(max);
    return new SettingType<>(
        "a duration (100ms, 5s, 24h, PT5S), " + min + " to " + max,
        text -> {
          Duration value = Durations.parse(text);
          require(value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0);
          return value;
        });
  }

  static SettingType<DataSize> size(String min, String max) {
    DataSize smallest = DataSize.parse(min);
    DataSize largest = DataSize.parse(max);
    return new SettingType<>(
        "a size (64KiB, 1MiB, bytes), " + min + " to " + max,
        text -> {
          DataSize value = DataSize.parse(text);
          require(value.compareTo(smallest) >= 0 && value.compareTo(largest) <= 0);
          return value;
        });
  }

  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    return new SettingType<>("one of " + namesOf(type), text -> constant(type, text));
  }

  static <E extends Enum<E>> SettingType<Set<E>> choices(Class<E> type) {
    return new SettingType<>(
        "one or more of " + namesOf(type) + ", separated by commas",
        text -> {
          EnumSet<E> chosen = EnumSet.noneOf(type);
          split(text).forEach(word -> chosen.add(constant(type, word)));
          require(!chosen.isEmpty());
          return Set.copyOf(chosen);
        });
  }

  /** A directory; a leading {@code ~/} is the home directory of the process's user. */
  static SettingType<Path> directory() {
    return new SettingType<>(
        "a directory",
        text -> {
          String expanded =
              text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")
                  ? System.getProperty("user.home") + text.substring(1)
                  : text;
          try {
            return Path.of(expanded).toAbsolutePath().normalize();
          } catch (InvalidPathException notAPath) {
            throw new IllegalArgumentException(notAPath);
          }
        });
  }

  /** The same type where nothing given is a value, too. */
  static <T> SettingType<Optional<T>> optional(SettingType<T> type) {
    return new SettingType<>(
        type.rule(),
        text -> text.isEmpty() ? Optional.empty() : Optional.of(type.parser().apply(text)));
  }

  static SettingType<Secret> secret(String rule) {
    return new SettingType<>(rule, Secret::new);
  }

  /** Secrets, separated by commas; {@code \,} is a comma within one. */
  static SettingType<List<Secret>> secrets() {
    return new SettingType<>(
        "secrets of at least 1 byte (32 or more are safe), separated by commas; \\, is a comma"
            + " within one; file:PATH reads one per line",
        text -> {
          if (text.isEmpty()) {
            return List.of();
          }
          List<Secret> secrets = new ArrayList<>();
          for (String part : text.split("(?<!\\\\),", -1)) {
            String secret = part.strip().replace("\\,", ",");
            require(!secret.isEmpty());
            secrets.add(new Secret(secret));
          }
          return List.copyOf(secrets);
        });
  }

  /** {@code embedded} (an empty list), or one or more Redis addresses. */
  static SettingType<List<URI>> redisAddresses() {
    return new SettingType<>(
        "embedded, or redis://HOST:PORT (rediss:// for TLS), several separated by commas; user"
            + " name and password have their own settings",
        text ->
            text.equals(RedisSettings.EMBEDDED)
                ? List.of()
                : split(text).stream().map(SettingType::redisAddress).toList());
  }

  /** {@code *}, or the origins of web pages that may connect. */
  static SettingType<Set<String>> origins() {
    return new SettingType<>(
        "*, or origins such as https://app.example.org, separated by commas",
        text ->
            text.equals("*")
                ? Set.of("*")
                : split(text).stream().map(SettingType::origin).collect(Collectors.toSet()));
  }

  private static URI redisAddress(String text) {
    URI address = URI.create(text);
    require("redis".equals(address.getScheme()) || "rediss".equals(address.getScheme()));
    require(address.getHost() != null && address.getUserInfo() == null);
    require(address.getPath().isEmpty() || address.getPath().equals("/"));
    require(address.getQuery() == null && address.getFragment() == null);
    int port = address.getPort() == -1 ? RedisSettings.DEFAULT_PORT : address.getPort();
    require(port >= 1 && port <= 65_535);
    return URI.create(address.getScheme() + "://" + address.getHost() + ":" + port);
  }

  private static String origin(String text) {
    URI origin = URI.create(text);
    require(origin.getScheme() != null && origin.getRawAuthority() != null);
    require(origin.getUserInfo() == null && origin.getRawPath().isEmpty());
    require(origin.getQuery() == null && origin.getFragment() == null);
    return text.toLowerCase(Locale.ROOT);
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static <E extends Enum<E>> String namesOf(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }
}
