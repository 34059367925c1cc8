package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseTest {
  private final Lease lease = new Lease();

  @Test
  void shouldNotBeHeldBeforeTheFirstAnswer() {
    assertThat(lease.isHeld(0)).isFalse();
    assertThat(lease.term()).isZero();
  }

  @Test
  void shouldBeHeldUntilItsEnd() {
    assertThat(lease.renew(100, 0, false)).isFalse();

    assertThat(lease.isHeld(99)).isTrue();
    assertThat(lease.isHeld(100)).isFalse();
  }

  @Test
  void shouldKeepItsTermWhileItIsRenewedInTime() {
    lease.renew(100, 0, false);

    assertThat(lease.renew(200, 99, false)).isFalse();

    assertThat(lease.term()).isEqualTo(1);
    assertThat(lease.isHeld(150)).isTrue();
  }

  @Test
  void shouldBeginANewTermAfterTheStoreHadEndedIt() {
    lease.renew(100, 0, false);

    assertThat(lease.renew(200, 99, true)).isTrue();

    assertThat(lease.term()).isEqualTo(2);
  }

  @Test
  void shouldBeginANewTermAfterItsEndWhateverTheStoreSays() {
    lease.renew(100, 0, false);

    assertThat(lease.renew(200, 100, false)).isTrue();
  }

  @Test
  void shouldBeginANewTermOnceSomebodyFoundItRunOut() {
    lease.renew(100, 0, false);
    lease.isHeld(100);

    assertThat(lease.renew(200, 99, false)).isTrue();
  }

  @Test
  void shouldNotBeHeldIfTheAnswerComesAfterTheNewEnd() {
    lease.renew(100, 150, false);

    assertThat(lease.isHeld(150)).isFalse();
  }
}
