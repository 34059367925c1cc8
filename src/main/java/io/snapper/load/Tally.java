package io.snapper.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What the consumers of one event loop have seen. Written by the loop, read by anybody. */
final class Tally {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  final AtomicLong deliveries = new AtomicLong();
  final AtomicLong frames = new AtomicLong();
  final AtomicLong unanswered = new AtomicLong();
  final AtomicLong repeated = new AtomicLong();
  final AtomicLong skipped = new AtomicLong();
  final AtomicLong gapNotices = new AtomicLong();
  final AtomicLong live = new AtomicLong();
  final AtomicLong opened = new AtomicLong();
  final AtomicLong broken = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  private final SingleWriterRecorder latencies = new SingleWriterRecorder(LONGEST_NANOS, 3);
  private final SingleWriterRecorder handshakes = new SingleWriterRecorder(LONGEST_NANOS, 3);

  /** Called by the loop only, as the other ones that add. */
  static void add(AtomicLong counter, long delta) {
    counter.lazySet(counter.get() + delta);
  }

  void onLatency(long nanos) {
    latencies.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
  }

  void onHandshake(long nanos) {
    handshakes.recordValue(Math.min(nanos, LONGEST_NANOS));
  }

  /** Returns the latencies since the last call, in ns. */
  Histogram takeLatencies() {
    return latencies.getIntervalHistogram();
  }

  /** Returns how long connecting took since the last call, in ns. */
  Histogram takeHandshakes() {
    return handshakes.getIntervalHistogram();
  }
}
