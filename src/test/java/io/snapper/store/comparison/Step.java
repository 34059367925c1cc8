package io.snapper.store.comparison;

/**
 * Something that is done to both stores. It names rooms, nodes, fences and so on by what they are
 * at that time ("the last fence but one"), so that a sequence keeps its sense when steps are left
 * out of it.
 */
public interface Step {
  /** Does it, and compares what comes back; the pushes are compared afterwards. */
  void run(Comparison stores);

  /** Does a step again, as a caller does whose answer was lost. */
  record Twice(Step step) implements Step {
    @Override
    public void run(Comparison stores) {
      step.run(stores);
      step.run(stores);
    }
  }
}
