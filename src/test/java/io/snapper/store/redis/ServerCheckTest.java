package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers are new enough. */
class ServerCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"7.0.0", "7.4.2", "8.2", "10.0.1"})
  void shouldTakeRedisFromSevenOn(String version) {
    assertThatNoException()
        .isThrownBy(() -> ServerCheck.checkVersion(Map.of("redis_version", version)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2.14", "5.0", "", "unstable"})
  void shouldRefuseOlderOrUnknownRedis(String version) {
    assertThatThrownBy(() -> ServerCheck.checkVersion(Map.of("redis_version", version)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Redis " + version)
        .hasMessageContaining("7.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
  void shouldWarnOfAPolicyThatThrowsMessagesAway(String policy) {
    assertThat(ServerCheck.evictionWarning(Map.of("maxmemory_policy", policy + "\r")))
        .hasValueSatisfying(warning -> assertThat(warning).contains(policy, "noeviction"));
  }

  @Test
  void shouldNotWarnOfTheRightPolicyNorWhereNoneIsTold() {
    assertThat(ServerCheck.evictionWarning(Map.of("maxmemory_policy", "noeviction\r"))).isEmpty();
    assertThat(ServerCheck.evictionWarning(Map.of())).isEmpty();
  }

  @Test
  void shouldJudgeValkeyByItsOwnVersion() {
    assertThatNoException()
        .isThrownBy(
            () ->
                ServerCheck.checkVersion(
                    Map.of("redis_version", "7.2.4", "valkey_version", "7.2.5")));
    assertThatThrownBy(
            () ->
                ServerCheck.checkVersion(
                    Map.of("redis_version", "7.2.4", "valkey_version", "7.1.0")))
        .hasMessageContaining("Valkey 7.1.0");
  }
}
