package io.snapper.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerIdsTest {
  private static final long LATEST = ConsumerIds.MAX_EPOCH_SECOND;

  @ParameterizedTest
  @CsvSource({
    "55a07f2dee06c78e1357b0ad, 1467429475, teambition, t.VaB_Le4Gx44TV7CtV3cyYw~~",
    "0123456789abcdef01234567, 1790000000, iOS, i.ASNFZ4mrze8BI0VnarE7gA~~",
    "ffffffffffffffffffffffff, 4102444800, Android, a.________________9IZXAA~~",
    "55a07f2dee06c78e1357b0ad, 1467429475, , t.VaB_Le4Gx44TV7CtV3cyYw~~",
    "55a07f2dee06c78e1357b0ad, 1467429475, mac, t.VaB_Le4Gx44TV7CtV3cyYw~~",
  })
  void shouldFollowTheVectors(String user, long expires, String source, String expected) {
    ConsumerId id = ConsumerIds.of(new UserId(user), DeviceKind.fromSource(source), expires);

    assertThat(id.value()).isEqualTo(expected);
  }

  @Test
  void shouldPinTheFormForOtherUserIds() {
    // printf 'i.1790000000.joe' | openssl dgst -sha256 -binary | base64 | tr '/+=' '_-~'
    assertThat(ConsumerIds.of(new UserId("joe"), DeviceKind.IOS, 1790000000L).value())
        .isEqualTo("i.SsC_2z751t-2UMLl1oASfb8_xk8qsNKqyToZRIkeBvM~");
  }

  @Test
  void shouldTellUserIdsApartThatDifferInCaseOnly() {
    ConsumerId lower = ConsumerIds.of(new UserId("abcdefabcdefabcdefabcdef"), DeviceKind.WEB, 1);
    ConsumerId upper = ConsumerIds.of(new UserId("ABCDEFABCDEFABCDEFABCDEF"), DeviceKind.WEB, 1);

    assertThat(upper).isNotEqualTo(lower);
  }

  @Property
  void shouldGiveTheSameTokenTheSameId(
      @ForAll("users") String user,
      @ForAll DeviceKind device,
      @ForAll @LongRange(max = LATEST) long expires) {
    ConsumerId id = ConsumerIds.of(new UserId(user), device, expires);

    assertThat(ConsumerIds.of(new UserId(user), device, expires)).isEqualTo(id);
    assertThat(id.value()).matches("[tia]\\.[A-Za-z0-9_~-]{16,44}");
    assertThat(DeviceKind.of(id)).isEqualTo(device);
  }

  @Property
  void shouldGiveDifferentTokensDifferentIds(
      @ForAll("users") String user,
      @ForAll("users") String otherUser,
      @ForAll DeviceKind device,
      @ForAll DeviceKind otherDevice,
      @ForAll @LongRange(max = LATEST) long expires,
      @ForAll @LongRange(max = LATEST) long otherExpires) {
    ConsumerId id = ConsumerIds.of(new UserId(user), device, expires);
    Assume.that(!user.equals(otherUser) && device != otherDevice && expires != otherExpires);

    assertThat(ConsumerIds.of(new UserId(otherUser), device, expires)).isNotEqualTo(id);
    assertThat(ConsumerIds.of(new UserId(user), otherDevice, expires)).isNotEqualTo(id);
    assertThat(ConsumerIds.of(new UserId(user), device, otherExpires)).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, LATEST + 1, Long.MAX_VALUE})
  void shouldRefuseAnImpossibleEndOfLife(long expires) {
    assertThatThrownBy(() -> ConsumerIds.of(new UserId("joe"), DeviceKind.WEB, expires))
        .isInstanceOf(SnapperException.class)
        .hasMessageContaining(Long.toString(expires));
  }

  @Provide
  Arbitrary<String> users() {
    return Arbitraries.oneOf(
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(24),
            Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofLength(24),
            Arbitraries.strings().withChars(".0123456789").ofMinLength(1).ofMaxLength(12),
            Arbitraries.strings().withCharRange('\u00a1', '\u4fff').ofMinLength(1).ofMaxLength(80),
            Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(128))
        .filter(user -> user.chars().noneMatch(Character::isISOControl));
  }
}
