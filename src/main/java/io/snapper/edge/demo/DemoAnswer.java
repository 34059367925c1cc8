package io.snapper.edge.demo;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/**
 * What the demo's back end says to a call: an HTTP status and JSON; a refusal is a problem document
 * (RFC 9457).
 */
record DemoAnswer(int status, String mediaType, String body) {
  static final String PROBLEM = "application/problem+json";
  static final String JSON = "application/json";

  private static final System.Logger LOG = System.getLogger(DemoAnswer.class.getName());

  static DemoAnswer of(JsonObject result) {
    return new DemoAnswer(200, JSON, result.toString());
  }

  /** Returns the refusal for what went wrong; a fault's details go to the log only. */
  static DemoAnswer of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof SnapperException refusal && refusal.code() != ErrorCode.INTERNAL) {
      return refusal(refusal.code(), refusal.getMessage());
    }
    LOG.log(System.Logger.Level.ERROR, "a call of the demo page failed", cause);
    return refusal(ErrorCode.INTERNAL, "the broker failed; its log has the details");
  }

  static DemoAnswer refusal(ErrorCode code, String detail) {
    int status =
        switch (code) {
          case INVALID_ARGUMENT -> 400;
          case UNAUTHORIZED -> 401;
          case FORBIDDEN -> 403;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case TOO_LARGE -> 413;
          case OVERLOADED -> 429;
          case STORE_FULL -> 507;
          case UNAVAILABLE, UNCERTAIN -> 503;
          case INTERNAL -> 500;
        };
    return problem(status, code.name().toLowerCase(Locale.ROOT).replace('_', '-'), detail);
  }

  static DemoAnswer problem(int status, String code, String detail) {
    JsonObject body =
        Json.createObjectBuilder()
            .add("status", status)
            .add("code", code)
            .add("detail", detail)
            .build();
    return new DemoAnswer(status, PROBLEM, body.toString());
  }
}
