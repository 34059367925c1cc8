package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import jakarta.json.JsonObject;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400, invalid-argument",
    "TOO_LARGE, 413, too-large",
    "UNAUTHORIZED, 401, unauthorized",
    "FORBIDDEN, 403, forbidden",
    "NOT_FOUND, 404, not-found",
    "CONFLICT, 422, conflict",
    "OVERLOADED, 429, overloaded",
    "STORE_FULL, 507, store-full",
    "UNCERTAIN, 503, uncertain",
    "UNAVAILABLE, 503, unavailable",
    "INTERNAL, 500, internal"
  })
  void shouldGiveEachCodeItsStatus(ErrorCode code, int status, String name) {
    JsonObject json = Problem.of(code, "why").toJson();

    assertThat(json.getInt("status")).isEqualTo(status);
    assertThat(json.getString("code")).isEqualTo(name);
    assertThat(json.getString("type")).isEqualTo("urn:snapper:problem:" + name);
    assertThat(json.getString("title")).isNotBlank();
    assertThat(json.getString("detail")).isEqualTo("why");
  }

  @ParameterizedTest
  @EnumSource
  void shouldAskForARetryWhereOneMayHelp(ErrorCode code) {
    boolean ownFault = code == ErrorCode.INTERNAL;

    assertThat(Problem.of(code, "why").worthRetrying())
        .isEqualTo(code.isWorthRetrying() && !ownFault);
  }

  @Test
  void shouldNameFieldValueAndLimit() {
    Problem problem = ProblemException.tooLarge("message", "why", 11, 10).problem();

    assertThat(problem.toJson().getString("field")).isEqualTo("message");
    assertThat(problem.toJson().getInt("value")).isEqualTo(11);
    assertThat(problem.toJson().getInt("limit")).isEqualTo(10);
  }

  @Test
  void shouldLeaveOutWhatItDoesNotHave() {
    JsonObject json = Problem.of(ErrorCode.NOT_FOUND, "why").toJson();

    assertThat(json).containsOnlyKeys("type", "title", "status", "detail", "code");
  }

  @Test
  void shouldFindTheRefusalInWhateverWrapsIt() {
    SnapperException refusal = SnapperException.unavailable("the store is away", null);

    Problem problem = Problems.of(new CompletionException(new RuntimeException(refusal)));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.detail()).isEqualTo("the store is away");
  }

  @Test
  void shouldHideAFaultAndNameItsLogEntry() {
    Problem problem = Problems.of(new IllegalStateException("password=secret"));

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.toJson().toString()).doesNotContain("secret");
    assertThat(problem.instance()).startsWith("urn:uuid:");
    assertThat(problem.detail()).contains(problem.instance().substring("urn:uuid:".length()));
  }

  @Test
  void shouldHideAFaultThatTheCoreReports() {
    Problem problem =
        Problems.of(new SnapperException(ErrorCode.INTERNAL, "script 17 failed", new Error()));

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.detail()).doesNotContain("script");
  }
}
