package io.snapper.simulation;

import io.snapper.simulation.Place.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The scheduler of a run: holds everything that could happen next and lets the seed choose. Its
 * clock moves only when it is told to.
 */
final class Steps {
  static final long START_MS = 1_790_000_000_000L;
  private static final long IDLE_MS = 10;

  /** {@code what} is for the trace; it is read when the task runs. */
  private record Task(Kind kind, Place place, Object what, Runnable work) {}

  private record Planned(long dueMs, long order, Task task) {}

  private final SplittableRandom random;
  private final Trace trace;
  private final List<Task> ready = new ArrayList<>();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparingLong(Planned::dueMs).thenComparing(Planned::order));
  private long nowMs = START_MS;
  private long order;
  private long count;
  private Place here = new Place("outside");

  Steps(SplittableRandom random, Trace trace) {
    this.random = random;
    this.trace = trace;
  }

  long nowMs() {
    return nowMs;
  }

  long nanoTime() {
    return nowMs * 1_000_000;
  }

  /** Returns how many steps there have been; orders what the model sees. */
  long count() {
    return count;
  }

  /** Returns the place whose code runs now. */
  Place here() {
    return here;
  }

  boolean isIdle() {
    return ready.isEmpty();
  }

  /** This can happen from now on. */
  void add(Kind kind, Place place, Object what, Runnable work) {
    ready.add(new Task(kind, place, what, work));
  }

  /** This can happen {@code delayMs} from now. */
  void later(long delayMs, Kind kind, Place place, String what, Runnable work) {
    plan(nowMs + delayMs, new Task(kind, place, what, work));
  }

  private void plan(long dueMs, Task task) {
    planned.add(new Planned(dueMs, order++, task));
  }

  /** Returns how many things of this kind are planned for a place. */
  long planned(Kind kind, Place place) {
    return planned.stream()
        .filter(later -> later.task().kind() == kind && later.task().place() == place)
        .count();
  }

  /** Does something from outside as if {@code place} did it. */
  void at(Place place, Runnable work) {
    Place before = here;
    here = place;
    try {
      work.run();
    } finally {
      here = before;
    }
  }

  /** Does one of the things that are ready; returns whether there was any. */
  boolean runOne() {
    while (!ready.isEmpty()) {
      int index = random.nextInt(ready.size());
      Task task = ready.get(index);
      Task last = ready.remove(ready.size() - 1);
      if (last != task) {
        ready.set(index, last);
      }
      if (isPossible(task)) {
        count++;
        if (task.kind() != Kind.TICK) {
          trace.add(() -> nowMs - START_MS + " ms  " + task.place() + "  " + task.what());
        }
        at(task.place(), task.work());
        return true;
      }
    }
    return false;
  }

  private boolean isPossible(Task task) {
    if (task.place().isDead() && (task.kind() != Kind.REQUEST || random.nextBoolean())) {
      return false;
    }
    long untilMs = task.place().stalledUntilMs(task.kind());
    if (untilMs > nowMs) {
      plan(untilMs, task);
      return false;
    }
    return true;
  }

  /** Moves the clock; what becomes due is ready then. */
  void moveClock(long ms) {
    nowMs += ms;
    while (!planned.isEmpty() && planned.peek().dueMs() <= nowMs) {
      ready.add(planned.poll().task());
    }
  }

  /** Moves the clock to the next thing that is planned. */
  void moveClockToNext() {
    moveClock(planned.isEmpty() ? IDLE_MS : Math.max(0, planned.peek().dueMs() - nowMs));
  }
}
