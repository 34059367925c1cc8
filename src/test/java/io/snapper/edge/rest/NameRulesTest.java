package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class NameRulesTest {
  @Test
  void shouldTakeTheNameOfThePath() {
    assertThat(NameRules.chosen("room", "a b", null)).isEqualTo("a b");
  }

  @Test
  void shouldTakeTheNameOfTheQueryIfThePathHasADash() {
    assertThat(NameRules.chosen("room", "-", "a/b")).isEqualTo("a/b");
  }

  @Test
  void shouldLetARoomBeCalledDash() {
    assertThat(NameRules.chosen("room", "-", null)).isEqualTo("-");
  }

  @Test
  void shouldRefuseTwoNames() {
    Problem problem =
        catchThrowableOfType(
                ProblemException.class, () -> NameRules.chosen("room", "path", "query"))
            .problem();

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo("room");
    assertThat(problem.detail()).contains("'path'", "'query'");
  }

  @Test
  void shouldSayWhichNameIsWrongAndWhatTheLimitIs() {
    Problem problem =
        catchThrowableOfType(
                ProblemException.class, () -> NameRules.room("entries[3].room", "x".repeat(257)))
            .problem();

    assertThat(problem.field()).isEqualTo("entries[3].room");
    assertThat(problem.limit()).isEqualTo(256);
    assertThat(problem.detail()).contains("257", "256");
  }
}
