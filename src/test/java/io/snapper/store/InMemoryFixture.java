package io.snapper.store;

import static org.assertj.core.api.Assertions.fail;

import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.StoreMonitor;
import io.snapper.core.store.UserDirectory;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** A store in memory whose clock moves only while something is awaited, by 50 s at most. */
final class InMemoryFixture implements StoreFixture {
  private static final int PARTITIONS = 16;
  private static final int STEP_MS = 50;
  private static final int MAX_STEPS = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicLong nowMs = new AtomicLong(1_000_000);
  private final InMemoryStore store;

  InMemoryFixture(Retention retention) {
    store =
        new InMemoryStore(
            nowMs::get,
            Runnable::run,
            Runnable::run,
            new InMemoryStore.Settings(
                PARTITIONS,
                retention.maxMessages(),
                retention.burstTime(),
                retention.burstMessages(),
                retention.logLife(),
                retention.mailboxLife(),
                retention.mailboxLife().plus(Duration.ofHours(1)),
                retention.idempotencyLife()));
  }

  @Override
  public RoomLog roomLog() {
    return store.roomLog();
  }

  @Override
  public Mailboxes mailboxes() {
    return store.mailboxes();
  }

  @Override
  public UserDirectory users() {
    return store.users();
  }

  @Override
  public PresenceLog presence() {
    return store.presence();
  }

  @Override
  public NodeRegistry nodes() {
    return store.nodes();
  }

  @Override
  public PushChannel newChannel() {
    return store.channel();
  }

  @Override
  public StoreMonitor monitor() {
    return store.monitor();
  }

  @Override
  public void await(Callable<Boolean> condition) {
    try {
      long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
      for (int step = 0; System.nanoTime() < deadlineNs; step++) {
        if (condition.call()) {
          return;
        }
        if (step < MAX_STEPS) {
          nowMs.addAndGet(STEP_MS);
        }
        Thread.yield();
      }
    } catch (Exception failure) {
      fail(failure);
    }
    fail("it never happened");
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
