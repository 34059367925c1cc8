package io.snapper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormsTest {
  @ParameterizedTest
  @CsvSource({
    "100ms, 100",
    "5s, 5000",
    "5 S, 5000",
    "10m, 600000",
    "24h, 86400000",
    "7d, 604800000",
    "PT5S, 5000",
    "PT1H30M, 5400000",
    "0s, 0",
    "pt0.25s, 250"
  })
  void shouldReadDurations(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "PT-5S", "5 seconds", "1h30m", "1.5s", "9999999999999h"})
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100ms, 5s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "512, 512",
    "512B, 512",
    "64KiB, 65536",
    "1 mib, 1048576",
    "2GiB, 2147483648"
  })
  void shouldReadSizes(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1MB", "1.5MiB", "MiB", "999999999999999999GiB"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThatThrownBy(() -> DataSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64KiB");
  }

  @Property
  void shouldReadBackTheSizesItWrites(@ForAll @LongRange(min = 0) long bytes) {
    DataSize size = new DataSize(bytes % (1L << 53));

    assertThat(DataSize.parse(size.toString())).isEqualTo(size);
  }

  @Property
  void shouldReadBackTheDurationsItWrites(@ForAll @LongRange(min = 0, max = 1L << 39) long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }
}
