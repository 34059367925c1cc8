package io.snapper.core.delivery;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets a lane open a few connections at a time: after another node's death thousands come at once,
 * and those that are open must be served in between. The others wait in the order in which they
 * came. Owned by the lane.
 */
final class Admission {
  private final int concurrency;
  private final int queueLimit;
  private final Consumer<SessionOpener> begin;
  private final Set<SessionOpener> waiting = new LinkedHashSet<>();
  private final Set<SessionOpener> underWay = new HashSet<>();
  private boolean isAdmitting;

  /**
   * Creates an empty queue.
   *
   * @param concurrency how many are under way at once, 1 or more
   * @param queueLimit how many may wait
   * @param begin starts an opening
   */
  Admission(int concurrency, int queueLimit, Consumer<SessionOpener> begin) {
    this.concurrency = concurrency;
    this.queueLimit = queueLimit;
    this.begin = begin;
  }

  /** Returns whether one more would have to be refused. */
  boolean isFull() {
    return underWay.size() >= concurrency && waiting.size() >= queueLimit;
  }

  /** Begins with the opening now or when its turn comes. */
  void enter(SessionOpener opener) {
    waiting.add(opener);
    admit();
  }

  /** The opening is over, or need not begin any more. */
  void leave(SessionOpener opener) {
    if (!waiting.remove(opener)) {
      underWay.remove(opener);
    }
    admit();
  }

  private void admit() {
    if (isAdmitting) {
      // What begins may be over at once; the loop below goes on then.
      return;
    }
    isAdmitting = true;
    try {
      while (underWay.size() < concurrency && !waiting.isEmpty()) {
        Iterator<SessionOpener> first = waiting.iterator();
        SessionOpener opener = first.next();
        first.remove();
        underWay.add(opener);
        begin.accept(opener);
      }
    } finally {
      isAdmitting = false;
    }
  }
}
