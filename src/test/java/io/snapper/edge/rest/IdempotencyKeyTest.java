package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapper.core.PublishOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"8e03978e-40d5", "\"8e03978e-40d5\"", "  8e03978e-40d5 "})
  void shouldReadAKeyWithAndWithoutQuotes(String header) {
    assertThat(IdempotencyKey.parse(header).options())
        .isEqualTo(PublishOptions.idempotent("8e03978e-40d5"));
  }

  @Test
  void shouldRefuseRatherThanHoldWithoutAKey() {
    assertThat(IdempotencyKey.parse(null).options())
        .isEqualTo(PublishOptions.REFUSED_WHILE_UNAVAILABLE);
  }

  @Test
  void shouldTellEntriesOfABatchApart() {
    IdempotencyKey key = IdempotencyKey.parse("k");

    assertThat(key.options(0)).isNotEqualTo(key.options(1));
    assertThat(key.options(0)).isEqualTo(IdempotencyKey.parse("k").options(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "a b", "\u00e9", "a\u0000"})
  void shouldRefuseOtherCharacters(String header) {
    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> IdempotencyKey.parse(header)).problem();

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo("Idempotency-Key");
    assertThat(problem.limit()).isEqualTo(255);
  }

  @Test
  void shouldRefuseALongerKey() {
    assertThat(IdempotencyKey.parse("k".repeat(255)).options().idempotencyKey()).hasSize(255);
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> IdempotencyKey.parse("k".repeat(256)))
                .problem()
                .value())
        .isEqualTo(256);
  }
}
