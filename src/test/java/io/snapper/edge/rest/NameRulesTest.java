package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
    assertThat(problem.detail()).contains("257", "256");
  }

  @ParameterizedTest
  @MethodSource("wrongNames")
  void shouldNameNoLimitButTheOneInTheDetail(Executable wrong, String detail) {
    Problem problem = catchThrowableOfType(ProblemException.class, wrong::execute).problem();

    assertThat(problem.detail()).isEqualTo(detail);
    assertThat(problem.value()).isNull();
    assertThat(problem.limit()).isNull();
  }

  private static Stream<Arguments> wrongNames() {
    return Stream.of(
        wrong(
            () -> NameRules.user("user", "x".repeat(129)),
            "userId has 129 characters; the limit is 128"),
        wrong(
            () -> NameRules.room("room", "user" + "x".repeat(513)),
            "room 'user" + "x".repeat(60) + "…' has 517 bytes of UTF-8; the limit is 516"),
        wrong(
            () -> NameRules.consumer("consumer", "a\n"),
            "consumerId 'a\uFFFD' has the control character U+000A"));
  }

  private static Arguments wrong(Executable call, String detail) {
    return Arguments.of(call, detail);
  }
}
