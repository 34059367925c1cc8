package io.snapper.store.redis;

import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.StoreMonitor;
import io.snapper.core.store.UserDirectory;
import io.snapper.store.StoreFixture;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A store on a shared Redis, under a prefix of its own. */
final class RedisFixture implements StoreFixture {
  private static final int PARTITIONS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private final RedisStore store;
  private final NodeRegistry nodes;

  RedisFixture(RedisStoreOptions server, Retention retention) {
    store =
        RedisStore.open(
            server
                .withPrefix("test" + PREFIXES.incrementAndGet())
                .withPartitions(PARTITIONS)
                .withRetention(
                    new RedisStoreOptions.Retention(
                        retention.maxMessages(),
                        retention.burstTime(),
                        retention.burstMessages(),
                        retention.logLife(),
                        retention.mailboxLife(),
                        retention.idempotencyLife(),
                        retention.idempotencyLife())),
            Thread::new);
    nodes = store.nodes();
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
    return nodes;
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
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  @Override
  public void close() {
    store.close();
  }
}
