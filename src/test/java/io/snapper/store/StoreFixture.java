package io.snapper.store;

import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.StoreMonitor;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One empty store for one test. */
public interface StoreFixture extends AutoCloseable {
  RoomLog roomLog();

  Mailboxes mailboxes();

  UserDirectory users();

  PresenceLog presence();

  NodeRegistry nodes();

  PushChannel newChannel();

  StoreMonitor monitor();

  /** Lets time pass until this holds; fails after some seconds. */
  void await(Callable<Boolean> condition);

  @Override
  void close();

  /**
   * What the store keeps.
   *
   * @param maxMessages of a room's log
   * @param burstTime younger messages are kept beyond that
   * @param burstMessages but never more than these
   */
  record Retention(
      int maxMessages,
      Duration burstTime,
      int burstMessages,
      Duration logLife,
      Duration mailboxLife,
      Duration idempotencyLife) {
    /** Long enough to play no part. */
    public static final Retention LONG =
        new Retention(1024, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    /** Makes no allowance for bursts. */
    public Retention(
        int maxMessages, Duration logLife, Duration mailboxLife, Duration idempotencyLife) {
      this(maxMessages, Duration.ZERO, maxMessages, logLife, mailboxLife, idempotencyLife);
    }
  }
}
