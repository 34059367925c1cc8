package io.snapper.store.comparison;

import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one node received, in the order of arrival. Thread safe. */
public final class Inbox implements PushChannel.Listener {
  private final List<Received> received = new ArrayList<>();

  /** One push as it came. */
  record Received(int partition, long sequence, Push push) {}

  @Override
  public synchronized void onPush(int partition, long sequence, Push push) {
    received.add(new Received(partition, sequence, push));
    notifyAll();
  }

  @Override
  public void onResubscribed(int partition) {
    // No step runs while a subscription is away.
  }

  /** Returns the pushes from this place on. */
  synchronized List<Received> from(int place) {
    return List.copyOf(received.subList(Math.min(place, received.size()), received.size()));
  }

  /** Forgets everything. */
  public synchronized void clear() {
    received.clear();
  }

  /** Returns in how many partitions a push with this number has arrived. */
  public synchronized long partitionsWith(long sequence) {
    return received.stream()
        .filter(push -> push.sequence() == sequence)
        .mapToInt(Received::partition)
        .distinct()
        .count();
  }

  /** Waits until there are this many; returns whether that happened in time. */
  synchronized boolean await(int count, Duration patience) {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    try {
      for (long leftNs = patience.toNanos();
          received.size() < count && leftNs > 0;
          leftNs = deadlineNs - System.nanoTime()) {
        wait(Math.max(1, leftNs / 1_000_000));
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
    return received.size() >= count;
  }
}
