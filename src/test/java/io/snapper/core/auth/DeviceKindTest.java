package io.snapper.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceKindTest {
  @ParameterizedTest
  @CsvSource({
    "android, ANDROID",
    "A, ANDROID",
    "ios, IOS",
    "iPhone, IOS",
    "I, IOS",
    "web, WEB",
    "teambition, WEB",
    "mac, WEB",
    "'', WEB",
    ", WEB",
    "\u0130OS, WEB"
  })
  void shouldGoByTheFirstLetterOfTheSource(String source, DeviceKind kind) {
    assertThat(DeviceKind.fromSource(source)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"a.xyz, ANDROID", "i.xyz, IOS", "t.xyz, WEB", "A.xyz, WEB", "ab, WEB", "x, WEB"})
  void shouldGoByTheFirstTwoCharactersOfTheConsumerId(String id, DeviceKind kind) {
    assertThat(DeviceKind.of(new ConsumerId(id))).isEqualTo(kind);
  }
}
