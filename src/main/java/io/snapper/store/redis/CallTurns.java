package io.snapper.store.redis;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets some calls be under way to each master at a time; more wait for their turn, in the order in
 * which they came. Thread safe.
 *
 * <p>Redis does one thing after the other, so a call that is sent while others are waiting there
 * only waits there, too. What waits here can still become larger instead. Each master has turns of
 * its own: one that does not answer holds up nobody else, and what waits for it learns of it with
 * the first call that fails, instead of failing in its turn.
 *
 * @param <M> what stands for a master
 */
final class CallTurns<M> {
  private final int mostPerMaster;
  private final Map<M, Calls> byMaster = new HashMap<>();

  /**
   * What this thread is to do once what it is doing now returns; null if it is doing nothing here.
   */
  private final ThreadLocal<ArrayDeque<Runnable>> next = new ThreadLocal<>();

  /** Exactly one of the methods is called, once; neither may throw. */
  interface Call {
    /** It is its turn. Leads to exactly one {@link #end} or {@link #endUnanswered}. */
    void make();

    /** The master does not answer, so the call is not made. */
    void drop();
  }

  private static final class Calls {
    private int underWay;
    private final ArrayDeque<Call> waiting = new ArrayDeque<>(0);
  }

  CallTurns(int mostPerMaster) {
    this.mostPerMaster = mostPerMaster;
  }

  /** Makes a call when it is its turn: now, or on the thread that ends another one. */
  void begin(M master, Call call) {
    synchronized (byMaster) {
      Calls calls = byMaster.computeIfAbsent(master, unknown -> new Calls());
      if (calls.underWay == mostPerMaster) {
        calls.waiting.add(call);
        return;
      }
      calls.underWay++;
    }
    run(call::make);
  }

  /** A call to this master is over. */
  void end(M master) {
    Call call;
    synchronized (byMaster) {
      Calls calls = byMaster.get(master);
      call = calls.waiting.poll();
      if (call == null) {
        leave(master, calls);
        return;
      }
    }
    run(call::make);
  }

  /** The same, and the master has not answered: what waits for it is dropped. */
  void endUnanswered(M master) {
    List<Call> dropped;
    synchronized (byMaster) {
      Calls calls = byMaster.get(master);
      dropped = List.copyOf(calls.waiting);
      calls.waiting.clear();
      leave(master, calls);
    }
    dropped.forEach(call -> run(call::drop));
  }

  private void leave(M master, Calls calls) {
    calls.underWay--;
    if (calls.underWay == 0) {
      byMaster.remove(master);
    }
  }

  /** Calls that end while they are made, as without a connection, must not fill the stack. */
  private void run(Runnable step) {
    ArrayDeque<Runnable> queue = next.get();
    if (queue != null) {
      queue.add(step);
      return;
    }
    queue = new ArrayDeque<>(1);
    next.set(queue);
    try {
      for (Runnable current = step; current != null; current = queue.poll()) {
        current.run();
      }
    } finally {
      next.remove();
    }
  }
}
