package io.snapper.store.redis;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets some calls be under way to each master at a time; more wait for their turn, in the order in
 * which they came. Thread safe.
 *
 * <p>Redis does one thing after the other, so a call that is sent while others are waiting there
 * only waits there, too. What waits here can still become larger instead. Each master has turns of
 * its own: one that does not answer holds up nobody else.
 *
 * @param <M> what stands for a master
 */
final class CallTurns<M> {
  private final int mostPerMaster;
  private final Map<M, Calls> byMaster = new HashMap<>();

  /**
   * What this thread is to begin once what it is beginning now returns; null if that is nothing.
   */
  private final ThreadLocal<ArrayDeque<Runnable>> next = new ThreadLocal<>();

  private static final class Calls {
    private int underWay;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(0);
  }

  CallTurns(int mostPerMaster) {
    this.mostPerMaster = mostPerMaster;
  }

  /**
   * Makes a call when it is its turn: now, or on the thread that ends another one.
   *
   * @param call must not throw, and must lead to exactly one {@link #end}
   */
  void begin(M master, Runnable call) {
    synchronized (byMaster) {
      Calls calls = byMaster.computeIfAbsent(master, unknown -> new Calls());
      if (calls.underWay == mostPerMaster) {
        calls.waiting.add(call);
        return;
      }
      calls.underWay++;
    }
    run(call);
  }

  /** A call to this master is over. */
  void end(M master) {
    Runnable call;
    synchronized (byMaster) {
      Calls calls = byMaster.get(master);
      call = calls.waiting.poll();
      if (call == null) {
        calls.underWay--;
        if (calls.underWay == 0) {
          byMaster.remove(master);
        }
        return;
      }
    }
    run(call);
  }

  /** Calls that end while they are begun, as without a connection, must not fill the stack. */
  private void run(Runnable call) {
    ArrayDeque<Runnable> queue = next.get();
    if (queue != null) {
      queue.add(call);
      return;
    }
    queue = new ArrayDeque<>(1);
    next.set(queue);
    try {
      for (Runnable begun = call; begun != null; begun = queue.poll()) {
        begun.run();
      }
    } finally {
      next.remove();
    }
  }
}
