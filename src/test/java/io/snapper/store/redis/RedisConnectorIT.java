package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.Redisson;

class RedisConnectorIT {
  private static final Duration TICK = Duration.ofMillis(100);

  static Stream<RedisStoreOptions> layouts() {
    return Stream.of(SharedServers.singleOptions(), SharedServers.clusterOptions());
  }

  /** Redisson takes the tick from a delay: a random one, if none is set. It says it nowhere. */
  @ParameterizedTest
  @MethodSource("layouts")
  void shouldWakeTheTimerNoMoreThanTenTimesASecond(RedisStoreOptions options)
      throws ReflectiveOperationException {
    ExecutorService listeners = Executors.newSingleThreadExecutor();
    Redisson redisson =
        RedisConnector.connect(options, Executors.defaultThreadFactory(), listeners);
    try {
      Object timer = redisson.getServiceManager().getTimer();
      Field tick = timer.getClass().getDeclaredField("tickDuration");
      tick.setAccessible(true);
      assertThat(Duration.ofNanos((long) tick.get(timer))).isEqualTo(TICK);
    } finally {
      redisson.shutdown(0, 1, TimeUnit.SECONDS);
      listeners.shutdown();
    }
  }
}
