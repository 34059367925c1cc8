package io.snapper.edge.demo;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets each caller do so many things at once and so many per time. It remembers the callers seen
 * last; one that it has forgotten begins anew. Thread safe.
 */
final class RateLimit {
  private static final int MOST_CALLERS = 10_000;

  private final String what;
  private final long intervalNanos;
  private final long burstNanos;
  private final LongSupplier nanoTime;

  /** For each caller, when all that it took is given back. */
  private final Map<String, Long> restoredAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  /**
   * Creates a limit.
   *
   * @param what what is limited, for the refusal's text
   * @param burst how many at once, 1 or more
   * @param interval one more after each such time
   */
  RateLimit(String what, int burst, Duration interval, LongSupplier nanoTime) {
    this.what = what;
    this.intervalNanos = interval.toNanos();
    this.burstNanos = (burst - 1) * intervalNanos;
    this.nanoTime = nanoTime;
  }

  /**
   * Counts one more for {@code caller}.
   *
   * @throws SnapperException with {@code OVERLOADED} if that is too many; then it is not counted
   */
  synchronized void take(String caller) {
    long now = nanoTime.getAsLong();
    Long known = restoredAt.get(caller);
    long takenNanos = known == null ? 0 : Math.max(0, known - now);
    if (takenNanos > burstNanos) {
      throw new SnapperException(
          ErrorCode.OVERLOADED,
          "too many "
              + what
              + "; the limit is "
              + (burstNanos / intervalNanos + 1)
              + " at once and one per "
              + intervalNanos / 1_000_000
              + " ms");
    }
    restoredAt.put(caller, now + takenNanos + intervalNanos);
  }
}
