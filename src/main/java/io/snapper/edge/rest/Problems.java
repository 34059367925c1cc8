package io.snapper.edge.rest;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import jakarta.json.JsonException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** Turns whatever went wrong into a problem, and a problem into an answer. */
final class Problems {
  /** What a refused caller must bring (RFC 6750). */
  static final String CHALLENGE = "Bearer realm=\"snapper\"";

  private static final int RETRY_AFTER_SECONDS = 1;
  private static final Logger LOGGER = System.getLogger(Problems.class.getName());

  private Problems() {}

  /** Returns the answer to a request that failed. */
  static Response response(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof WebApplicationException http && http.getResponse().getStatus() < 400) {
      return http.getResponse();
    }
    Response answer = response(of(cause));
    if (cause instanceof WebApplicationException http
        && http.getResponse().getHeaderString(HttpHeaders.ALLOW) != null) {
      return Response.fromResponse(answer)
          .header(HttpHeaders.ALLOW, http.getResponse().getHeaderString(HttpHeaders.ALLOW))
          .build();
    }
    return answer;
  }

  /** Returns the answer that shows a problem. */
  static Response response(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.toJson().toString().getBytes(StandardCharsets.UTF_8));
    if (problem.worthRetrying()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }
    return answer.build();
  }

  /** Returns the problem that a failure means; one that is our own fault is logged. */
  static Problem of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof ProblemException known) {
      return known.problem();
    }
    if (cause instanceof SnapperException refusal) {
      return refusal.code() == ErrorCode.INTERNAL
          ? internal(refusal)
          : Problem.of(refusal.code(), refusal.getMessage());
    }
    if (cause instanceof JsonException broken) {
      return Problem.of(ErrorCode.INVALID_ARGUMENT, "the body is no JSON: " + broken.getMessage());
    }
    if (cause instanceof WebApplicationException http) {
      return ofHttp(http);
    }
    return internal(cause);
  }

  /** Returns the problem of a call without a token, or with one that proves nothing. */
  static Problem unauthorized() {
    return Problem.of(
        ErrorCode.UNAUTHORIZED,
        "the header Authorization must hold Bearer and a token that is signed with this server's"
            + " key, names its issuer and has not expired");
  }

  private static Problem ofHttp(WebApplicationException http) {
    Response.StatusType status = http.getResponse().getStatusInfo();
    return switch (status.getStatusCode()) {
      case 401 -> unauthorized();
      case 403 ->
          Problem.of(
              ErrorCode.FORBIDDEN, "the token's claim groups has no role that may call this");
      case 404 -> Problem.of(ErrorCode.NOT_FOUND, "no resource has this path");
      case 413 -> Problem.of(ErrorCode.TOO_LARGE, "the body is over the server's limit");
      default ->
          status.getStatusCode() >= 500
              ? internal(http)
              : Problem.ofHttp(status.getStatusCode(), status.getReasonPhrase(), httpText(status));
    };
  }

  private static String httpText(Response.StatusType status) {
    return switch (status.getStatusCode()) {
      case 405 -> "the resource has other methods: see the header Allow";
      case 406 -> "answers are application/json, and refusals " + Problem.MEDIA_TYPE;
      case 415 -> "the body must be application/json";
      default -> status.getReasonPhrase();
    };
  }

  private static Problem internal(Throwable cause) {
    String id = UUID.randomUUID().toString();
    LOGGER.log(Level.ERROR, "An HTTP request failed, fault " + id, cause);
    return Problem.of(ErrorCode.INTERNAL, "the server's log has the details under " + id)
        .withInstance("urn:uuid:" + id);
  }

  /** Returns the refusal that a failure wraps (stages and RESTEasy's reader do), or its cause. */
  private static Throwable unwrapped(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException || cause instanceof SnapperException) {
        return cause;
      }
    }
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
