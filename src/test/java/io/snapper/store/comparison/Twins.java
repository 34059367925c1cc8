package io.snapper.store.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which values of the two stores stand for the same thing, in the order in which they came up. */
final class Twins<T> {
  private final String what;
  private final List<Both<T>> known = new ArrayList<>();
  private final Map<T, T> realOf = new HashMap<>();
  private final Map<T, T> memoryOf = new HashMap<>();

  /**
   * Creates a list.
   *
   * @param what the values are, for messages
   * @param fixed a value that means the same in both stores
   */
  Twins(String what, T fixed) {
    this.what = what;
    meet(fixed, fixed);
  }

  /** Takes two values for the same thing; fails if one of them stands for another thing. */
  void meet(T memory, T real) {
    boolean isNew = !realOf.containsKey(memory) && !memoryOf.containsKey(real);
    if (isNew) {
      realOf.put(memory, real);
      memoryOf.put(real, memory);
      known.add(new Both<>(memory, real));
    } else if (!real.equals(realOf.get(memory))) {
      throw new AssertionError(
          what + ": " + memory + " in memory, " + real + " really; known are " + known);
    }
  }

  /** Returns the last one, the one before that, and so on; at last the fixed one. */
  Both<T> ago(int steps) {
    return known.get(Math.max(0, known.size() - 1 - steps));
  }

  boolean knows(T memory) {
    return realOf.containsKey(memory);
  }

  List<Both<T>> known() {
    return List.copyOf(known);
  }
}
