package io.snapper.edge.rest;

import io.snapper.core.error.ErrorCode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Locale;
import java.util.Objects;

/**
 * A refusal as RFC 9457 writes it.
 *
 * @param type a URN made of the code
 * @param title what the code means, the same each time
 * @param status the HTTP status
 * @param detail what was wrong this time, naming the value and the limit
 * @param code the closed list's code in lower case, {@code too-large}; or the HTTP status's name
 *     for a refusal that is HTTP's own
 * @param field which part of the request was wrong, or null
 * @param value how large it was, or null
 * @param limit how large it may be, or null
 * @param instance a URN that the log names, too, or null
 */
@JsonbPropertyOrder({
  "type",
  "title",
  "status",
  "detail",
  "code",
  "field",
  "value",
  "limit",
  "instance"
})
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String field,
    Long value,
    Long limit,
    String instance) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:snapper:problem:";

  public Problem {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(code, "code");
  }

  /** Returns the problem of a code of the closed list. */
  static Problem of(ErrorCode code, String detail) {
    String name = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Problem(
        TYPE_PREFIX + name, title(code), status(code), detail, name, null, null, null, null);
  }

  /** Returns the problem of a refusal that HTTP itself defines: no such path, wrong method. */
  static Problem ofHttp(int status, String reason, String detail) {
    String name = reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return new Problem(TYPE_PREFIX + name, reason, status, detail, name, null, null, null, null);
  }

  Problem inField(String name) {
    return new Problem(type, title, status, detail, code, name, value, limit, instance);
  }

  Problem withLimit(long most) {
    return new Problem(type, title, status, detail, code, field, value, most, instance);
  }

  Problem withValueAndLimit(long given, long most) {
    return new Problem(type, title, status, detail, code, field, given, most, instance);
  }

  Problem withInstance(String urn) {
    return new Problem(type, title, status, detail, code, field, value, limit, urn);
  }

  /** Returns whether the same request may succeed in a moment. */
  boolean worthRetrying() {
    return status == 429 || status == 503 || status == 507;
  }

  JsonObject toJson() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    json.add("type", type);
    json.add("title", title);
    json.add("status", status);
    json.add("detail", detail);
    json.add("code", code);
    if (field != null) {
      json.add("field", field);
    }
    if (value != null) {
      json.add("value", value);
    }
    if (limit != null) {
      json.add("limit", limit);
    }
    if (instance != null) {
      json.add("instance", instance);
    }
    return json.build();
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT -> 400;
      case TOO_LARGE -> 413;
      case UNAUTHORIZED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      // What draft-ietf-httpapi-idempotency-key-header asks for when a key comes again with another
      // content; its 409 is for a request that is still under way, and here that one is awaited.
      case CONFLICT -> 422;
      case OVERLOADED -> 429;
      case STORE_FULL -> 507;
      case UNAVAILABLE, UNCERTAIN -> 503;
      case INTERNAL -> 500;
    };
  }

  private static String title(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT -> "The request breaks a rule";
      case TOO_LARGE -> "Something in the request is over its limit";
      case UNAUTHORIZED -> "A valid token is needed";
      case FORBIDDEN -> "The token's roles do not allow this";
      case NOT_FOUND -> "There is nothing of this name";
      case CONFLICT -> "The idempotency key was used for other content";
      case OVERLOADED -> "Too much at once";
      case STORE_FULL -> "The store is full";
      case UNAVAILABLE -> "The broker can not serve now";
      case UNCERTAIN -> "It may or may not have been done";
      case INTERNAL -> "The broker failed";
    };
  }
}
