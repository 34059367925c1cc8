package io.snapper.core.delivery;

/**
 * How long this node may take its consumers' mailboxes for its own. Once it has run out, other
 * nodes may have taken them; so nothing goes out until it is held again, and then to no consumer
 * whose mailbox was not looked at since.
 *
 * <p>Thread safe: the node's keeper renews it, the lanes ask before each batch.
 */
public final class Lease {
  private volatile long term;
  private volatile long endNanos;

  /** Whether somebody found it run out since it was last renewed; guarded by this. */
  private boolean hasRunOut;

  /** Returns whether it is held at {@code nowNanos}; {@link System#nanoTime}. */
  public boolean isHeld(long nowNanos) {
    if (term > 0 && endNanos - nowNanos > 0) {
      return true;
    }
    synchronized (this) {
      if (term > 0 && endNanos - nowNanos > 0) {
        return true;
      }
      // Whoever held something back must find a new term later, or would wait for ever.
      hasRunOut = true;
      return false;
    }
  }

  /**
   * Returns the number of the present term, 0 before the first: a term is the time for which the
   * lease was held without an interruption. What was known in an earlier one is uncertain.
   */
  public long term() {
    return term;
  }

  /**
   * Renews it.
   *
   * @param untilNanos its new end, which may have passed
   * @param nowNanos when the store's answer came
   * @param wasExpired whether the store says that it had ended
   * @return whether it had run out, so that a new term begins; false for the first one
   */
  public synchronized boolean renew(long untilNanos, long nowNanos, boolean wasExpired) {
    boolean isFirst = term == 0;
    // An earlier answer that said so may be lost: by this node's clock it has ended, too, then.
    boolean isInterrupted = wasExpired || hasRunOut || endNanos - nowNanos <= 0;
    hasRunOut = false;
    if (isFirst || isInterrupted) {
      // Before the end: whoever sees the new end must see the new term.
      term++;
    }
    endNanos = untilNanos;
    return !isFirst && isInterrupted;
  }
}
