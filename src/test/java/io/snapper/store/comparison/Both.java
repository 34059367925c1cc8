package io.snapper.store.comparison;

/** What the two stores call the same thing: each makes its own epochs, fences and numbers. */
record Both<T>(T memory, T real) {
  static <T> Both<T> same(T value) {
    return new Both<>(value, value);
  }

  T on(Side side) {
    return side.isReal() ? real : memory;
  }
}
