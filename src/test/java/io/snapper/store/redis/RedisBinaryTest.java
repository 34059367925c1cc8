package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server is for which platform. */
class RedisBinaryTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, redis-server-7.0.15-linux-amd64",
    "Linux, aarch64, redis-server-7.0.15-linux-arm64",
    "Mac OS X, aarch64, redis-server-7.0.15-darwin-arm64",
    "Mac OS X, x86_64, redis-server-7.0.15-darwin-amd64"
  })
  void shouldNameAServerThatIsPacked(String system, String architecture, String name) {
    assertThat(RedisBinary.nameFor(system, architecture)).isEqualTo(name);
    assertThat(getClass().getResource("/" + name)).isNotNull();
  }

  @Test
  void shouldSayWhatToDoWhereThereIsNone() {
    assertThatThrownBy(() -> RedisBinary.nameFor("Windows 11", "amd64"))
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("snapper.redis.address");
  }
}
