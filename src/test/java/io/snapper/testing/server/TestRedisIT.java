package io.snapper.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestRedisIT {
  @Test
  void shouldComeBackOnItsPortAfterAKillAndAStop() {
    try (TestRedis redis = TestRedis.start()) {
      int port = redis.port();

      redis.kill();
      assertThat(redis.isAlive()).isFalse();
      redis.restart();
      redis.stop();
      assertThat(redis.isAlive()).isFalse();
      redis.restart();

      assertThat(redis.isAlive()).isTrue();
      assertThat(redis.port()).isEqualTo(port);
    }
  }
}
