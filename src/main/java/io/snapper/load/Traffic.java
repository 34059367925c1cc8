package io.snapper.load;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes, to all rooms in turn: at a steady rate, or in rounds of which each waits for the last.
 */
final class Traffic {
  private static final long ROUND_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CHECK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final LoadOptions options;
  private final Fleet fleet;
  private final List<Producer> producers;
  private final long[] published;
  private long messages;
  private long expectedDeliveries;

  Traffic(LoadOptions options, Fleet fleet, List<Producer> producers) {
    this.options = options;
    this.fleet = fleet;
    this.producers = producers;
    this.published = new long[fleet.plan().rooms()];
  }

  /** Returns how many messages each room has got. */
  long[] published() {
    return published;
  }

  long messages() {
    return messages;
  }

  long expectedDeliveries() {
    return expectedDeliveries;
  }

  /** Publishes for a time. Returns the number of rounds; 0 at a steady rate. */
  int run(long nanos) throws InterruptedException {
    return options.isClosedLoop() ? runRounds(nanos) : runAtRate(nanos);
  }

  private int runAtRate(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    double intervalNanos = 1e9 / options.rate();
    for (long index = 0; index * intervalNanos < nanos; index++) {
      long due = start + (long) (index / options.burst() * options.burst() * intervalNanos);
      if (due > System.nanoTime()) {
        sendAll();
        Fleet.sleepUntil(due);
      }
      publish(due);
    }
    sendAll();
    Fleet.sleepUntil(start + nanos);
    return 0;
  }

  private int runRounds(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    int rounds = 0;
    while (System.nanoTime() - end < 0) {
      for (int index = 0; index < options.round(); index++) {
        publish(System.nanoTime());
      }
      sendAll();
      if (!awaitDeliveries(ROUND_LIMIT_NANOS)) {
        break;
      }
      rounds++;
    }
    return rounds;
  }

  /** All messages of a room come from one producer, so that their order is known. */
  private void publish(long due) throws InterruptedException {
    int room = (int) (messages / options.burst() % published.length);
    Producer producer = producers.get(room % producers.size());
    producer.add(room, published[room]++, due);
    messages++;
    expectedDeliveries += fleet.plan().membersOf(room);
    if (producer.size() >= options.messagesPerRequest()) {
      producer.send();
    }
  }

  private void sendAll() throws InterruptedException {
    for (Producer producer : producers) {
      if (producer.size() > 0) {
        producer.send();
      }
    }
  }

  /** Waits until everything has arrived; returns false after the limit. */
  boolean awaitDeliveries(long limitNanos) {
    long end = System.nanoTime() + limitNanos;
    while (fleet.deliveries() < expectedDeliveries) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(CHECK_NANOS);
    }
    return true;
  }
}
