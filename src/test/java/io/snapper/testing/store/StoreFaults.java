package io.snapper.testing.store;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * What is to go wrong with an {@link InMemoryStore}. Thread safe.
 *
 * <p>Operations are named {@code <Port>.<method>}: {@code RoomLog.publish}, {@code
 * Mailboxes.claim}…
 */
public final class StoreFaults {
  /** When a call fails with {@code UNAVAILABLE}. */
  public enum Moment {
    /** The store never saw the call. */
    BEFORE_APPLYING,
    /** The store did it, and the answer was lost. */
    AFTER_APPLYING,
    /** The caller gave up waiting, and the store does it later. */
    BEFORE_APPLYING_LATE
  }

  private record PlannedFailure(Moment moment, Predicate<String> operations) {}

  private final Deque<PlannedFailure> failures = new ArrayDeque<>();
  private final Deque<Predicate<NodeId>> drops = new ArrayDeque<>();
  private final Deque<Predicate<NodeId>> repetitions = new ArrayDeque<>();
  private boolean away;

  /** Makes the next call fail. */
  public void failNextCall(Moment moment) {
    failNextCall(moment, operation -> true);
  }

  /** Makes the next call of this operation fail. */
  public void failNextCall(Moment moment, String operation) {
    failNextCall(moment, operation::equals);
  }

  /** Makes the next call fail whose operation is one of {@code operations}. */
  public synchronized void failNextCall(Moment moment, Predicate<String> operations) {
    failures.add(new PlannedFailure(moment, operations));
  }

  /** Loses the next push, after it was counted. Calling it n times loses n. */
  public void dropNextPush() {
    dropNextPush(node -> true);
  }

  /** Loses the next push to {@code node}, after it was counted. */
  public void dropNextPush(NodeId node) {
    dropNextPush(node::equals);
  }

  private synchronized void dropNextPush(Predicate<NodeId> nodes) {
    drops.add(nodes);
  }

  /** Makes the next push to {@code node} arrive twice. */
  public synchronized void repeatNextPush(NodeId node) {
    repetitions.add(node::equals);
  }

  /** Makes every call fail, unapplied, until it is called with false. */
  public synchronized void setAway(boolean away) {
    this.away = away;
  }

  /** Forgets all faults that were planned and have not happened. */
  public synchronized void clear() {
    failures.clear();
    drops.clear();
    repetitions.clear();
    away = false;
  }

  /** Returns when this call is to fail, or null if it is not to fail. */
  synchronized Moment takeFailure(String operation) {
    if (away) {
      return Moment.BEFORE_APPLYING;
    }
    Iterator<PlannedFailure> planned = failures.iterator();
    while (planned.hasNext()) {
      PlannedFailure failure = planned.next();
      if (failure.operations().test(operation)) {
        planned.remove();
        return failure.moment();
      }
    }
    return null;
  }

  /** Returns whether this push is to be lost. */
  synchronized boolean takeDrop(NodeId node) {
    return take(drops, node);
  }

  /** Returns whether this push is to arrive twice. */
  synchronized boolean takeRepetition(NodeId node) {
    return take(repetitions, node);
  }

  private static boolean take(Deque<Predicate<NodeId>> plans, NodeId node) {
    Iterator<Predicate<NodeId>> planned = plans.iterator();
    while (planned.hasNext()) {
      if (planned.next().test(node)) {
        planned.remove();
        return true;
      }
    }
    return false;
  }

  static SnapperException unavailable(String operation) {
    return SnapperException.unavailable("the store does not answer: " + operation, null);
  }
}
