package io.snapper.edge.rest;

import io.snapper.core.error.ErrorCode;

/** Carries a problem to the answer. Like every refusal, it has no stack trace. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /**
   * Returns the refusal of a value that breaks a rule.
   *
   * @param field where it is, or null if it is the whole request
   */
  static ProblemException invalid(String field, String detail) {
    return new ProblemException(Problem.of(ErrorCode.INVALID_ARGUMENT, detail).inField(field));
  }

  /**
   * Returns the refusal of more than a limit allows.
   *
   * @param field where it is, or null if it is the whole request
   */
  static ProblemException tooLarge(String field, String detail, long value, long limit) {
    return new ProblemException(
        Problem.of(ErrorCode.TOO_LARGE, detail).inField(field).withValueAndLimit(value, limit));
  }

  Problem problem() {
    return problem;
  }
}
