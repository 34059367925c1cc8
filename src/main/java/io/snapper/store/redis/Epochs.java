package io.snapper.store.redis;

import java.util.concurrent.ThreadLocalRandom;

/** Makes epochs: random, so that two lives of a log never share one. */
final class Epochs {
  private Epochs() {}

  /** Returns 1 to 13 of {@code a-z 0-9}. */
  static String next() {
    return Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
  }
}
