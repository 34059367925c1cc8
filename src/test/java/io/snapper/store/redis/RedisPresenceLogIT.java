package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PresenceLog.Request;
import io.snapper.core.store.UserDirectory.Connection;
import io.snapper.store.PresenceLogContract;
import io.snapper.store.StoreFixture;
import io.snapper.testing.store.RedisCli;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The contract on a single Redis. */
class RedisPresenceLogIT extends PresenceLogContract {
  private static final String PREFIX = "presence-end";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @Override
  protected StoreFixture newFixture(StoreFixture.Retention retention) {
    return new RedisFixture(SharedServers.singleOptions(), retention);
  }

  @Test
  void shouldLeaveNothingInRedisWhenAllHaveGone() {
    RedisStoreOptions options =
        SharedServers.singleOptions()
            .withPrefix(PREFIX)
            .withPartitions(1)
            .withRetention(
                new RedisStoreOptions.Retention(10, SHORT, 10, SHORT, SHORT, SHORT, SHORT));
    Connection connection = new Connection(CONSUMER, NODE, DeviceKind.WEB, 7, 0);
    try (RedisStore redis = RedisStore.open(options, Thread::new);
        RedisCli cli = SharedServers.single().cli()) {
      PresenceLog log = redis.presence();
      get(log.enter(USER, connection));
      get(log.leave(USER, CONSUMER, 7));
      List<PresenceChange> changes = take(log, 0);
      assertThat(take(log, changes.get(1).number())).isEmpty();
      // Nobody tells these two.
      get(log.enter(USER, new Connection(CONSUMER, NODE, DeviceKind.WEB, 8, 0)));
      get(log.leave(USER, CONSUMER, 8));
      assertThat(keys(cli)).hasSizeGreaterThan(1);

      Awaitility.await().until(() -> keys(cli).size() == 1);

      assertThat(keys(cli)).as("the number of partitions").hasSize(1);
    }
  }

  private static List<PresenceChange> take(PresenceLog log, long toldNumber) {
    return get(log.take(NODE, List.of(new Request(0, toldNumber)), Duration.ofSeconds(1), 10))
        .get(0)
        .changes();
  }

  private static List<?> keys(RedisCli cli) {
    return (List<?>) cli.call("KEYS", PREFIX + "*");
  }
}
