package io.snapper.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the answers of scripts apart. */
final class Replies {
  private Replies() {}

  @SuppressWarnings("unchecked") // The scripts' headers say which of them answer with a list.
  static List<Object> list(Object reply) {
    return (List<Object>) reply;
  }

  /** Returns a bulk string or a number as text. */
  static String text(Object reply) {
    return reply instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(reply);
  }

  /** Returns a number, which may have come as text. */
  static long number(Object reply) {
    return reply instanceof Long number ? number : Long.parseLong(text(reply));
  }

  static boolean isOne(Object reply) {
    return number(reply) == 1;
  }
}
