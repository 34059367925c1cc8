package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonCursor;
import io.snapper.protocol.json.JsonSyntax;
import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.json.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads JSON-RPC 2.0. Never throws, whatever the input: what can't be understood is an {@link
 * JsonRpcMessage.Invalid} that says how to answer. Thread-safe.
 *
 * <p>Where the specification leaves room: of a member given twice the last one counts, unknown
 * members are ignored, and a message with a method is a call whatever else it has.
 */
public final class JsonRpcParser {

  private final JsonRpcLimits limits;

  /** A parser with these limits. */
  public JsonRpcParser(JsonRpcLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** Reads a message or batch in UTF-8; malformed bytes are a parse error. */
  public JsonRpcMessage parse(byte[] utf8) {
    if (utf8.length > limits.maxLength()) {
      return tooLong(utf8.length);
    }
    Optional<String> text = Utf8.decode(utf8);
    if (text.isEmpty()) {
      return invalid(JsonRpcErrorCode.PARSE_ERROR, "not UTF-8");
    }
    return parseText(text.get());
  }

  /** Reads a message or batch. */
  public JsonRpcMessage parse(String text) {
    return text.length() > limits.maxLength() ? tooLong(text.length()) : parseText(text);
  }

  private JsonRpcMessage parseText(String text) {
    if (!JsonSyntax.isValid(text, limits.maxDepth())) {
      return invalid(
          JsonRpcErrorCode.PARSE_ERROR,
          "not JSON, or nested deeper than " + limits.maxDepth() + ": " + Excerpt.of(text));
    }
    JsonCursor cursor = new JsonCursor(text);
    return cursor.isAtArray() ? parseBatch(cursor) : parseOne(cursor);
  }

  private JsonRpcMessage parseBatch(JsonCursor cursor) {
    List<JsonRpcMessage> messages = new ArrayList<>();
    cursor.enter();
    while (cursor.hasNext()) {
      if (messages.size() == limits.maxBatch()) {
        return invalid(
            JsonRpcErrorCode.INVALID_REQUEST,
            "a batch of more than " + limits.maxBatch() + " messages");
      }
      messages.add(parseOne(cursor));
    }
    return messages.isEmpty()
        ? invalid(JsonRpcErrorCode.INVALID_REQUEST, "an empty batch")
        : new JsonRpcMessage.Batch(messages);
  }

  private static JsonRpcMessage parseOne(JsonCursor cursor) {
    if (!cursor.isAtObject()) {
      String value = cursor.takeRaw();
      return invalid(JsonRpcErrorCode.INVALID_REQUEST, "not an object: " + Excerpt.of(value));
    }
    return Members.of(cursor).toMessage();
  }

  private JsonRpcMessage tooLong(int length) {
    return invalid(
        JsonRpcErrorCode.PARSE_ERROR,
        "a text of " + length + " where the limit is " + limits.maxLength());
  }

  private static JsonRpcMessage invalid(JsonRpcErrorCode error, String reason) {
    return new JsonRpcMessage.Invalid(error, JsonRpcId.NULL, reason);
  }

  /** The members of one object that mean something, as written; null where there is none. */
  private static final class Members {
    private String version;
    private String id;
    private String method;
    private String params;
    private String result;
    private String error;

    static Members of(JsonCursor cursor) {
      Members members = new Members();
      cursor.enter();
      while (cursor.hasNext()) {
        switch (cursor.takeKey()) {
          case "jsonrpc" -> members.version = cursor.takeRaw();
          case "id" -> members.id = cursor.takeRaw();
          case "method" -> members.method = cursor.takeRaw();
          case "params" -> members.params = cursor.takeRaw();
          case "result" -> members.result = cursor.takeRaw();
          case "error" -> members.error = cursor.takeRaw();
          default -> cursor.skipValue();
        }
      }
      return members;
    }

    JsonRpcMessage toMessage() {
      if (id != null && !JsonRpcId.isPermitted(id)) {
        return invalid(JsonRpcErrorCode.INVALID_REQUEST, "an id of a wrong type");
      }
      if (version == null || !isString(version) || !JsonText.unquote(version).equals("2.0")) {
        return invalidWithId(JsonRpcErrorCode.INVALID_REQUEST, "jsonrpc is not \"2.0\"");
      }
      return method == null ? toAnswer() : toCall();
    }

    private JsonRpcMessage toCall() {
      if (!isString(method)) {
        return invalidWithId(JsonRpcErrorCode.INVALID_REQUEST, "the method is not a string");
      }
      if (params != null && !isStructured(params)) {
        // With an id it is a request that its caller can be told about, as jsonrpc-lite does;
        // without one it must not pass for a notification, whose params nobody would answer.
        return invalidWithId(
            id == null ? JsonRpcErrorCode.INVALID_REQUEST : JsonRpcErrorCode.INVALID_PARAMS,
            "the params are neither an array nor an object");
      }
      String name = JsonText.unquote(method);
      return id == null
          ? new JsonRpcMessage.Notification(name, Optional.ofNullable(params))
          : new JsonRpcMessage.Request(new JsonRpcId(id), name, Optional.ofNullable(params));
    }

    private JsonRpcMessage toAnswer() {
      if (id == null) {
        return invalid(JsonRpcErrorCode.INVALID_REQUEST, "neither a method nor an id");
      }
      boolean hasError = error != null && !error.equals("null");
      if (!hasError && result != null) {
        return new JsonRpcMessage.Success(new JsonRpcId(id), result);
      }
      // An answer in the style of JSON-RPC 1.0 has a null result beside its error. To take it for
      // a success would lose what it refused.
      if (hasError && (result == null || result.equals("null")) && error.charAt(0) == '{') {
        return toFailure(new JsonCursor(error));
      }
      return invalidWithId(
          JsonRpcErrorCode.INVALID_REQUEST, "not exactly one of method, result and error");
    }

    private JsonRpcMessage toFailure(JsonCursor cursor) {
      Optional<Integer> code = Optional.empty();
      Optional<String> data = Optional.empty();
      String message = null;
      cursor.enter();
      while (cursor.hasNext()) {
        switch (cursor.takeKey()) {
          case "code" -> code = toInteger(cursor.takeRaw());
          case "message" -> message = cursor.takeRaw();
          case "data" -> data = Optional.of(cursor.takeRaw());
          default -> cursor.skipValue();
        }
      }
      if (code.isEmpty() || message == null || !isString(message)) {
        return invalidWithId(
            JsonRpcErrorCode.INVALID_REQUEST, "an error without a whole code and a message");
      }
      return new JsonRpcMessage.Failure(
          new JsonRpcId(id), code.get(), JsonText.unquote(message), data);
    }

    private JsonRpcMessage invalidWithId(JsonRpcErrorCode code, String reason) {
      return new JsonRpcMessage.Invalid(
          code, id == null ? JsonRpcId.NULL : new JsonRpcId(id), reason);
    }

    private static boolean isString(String rawJson) {
      return rawJson.charAt(0) == '"';
    }

    private static boolean isStructured(String rawJson) {
      return rawJson.charAt(0) == '[' || rawJson.charAt(0) == '{';
    }

    private static Optional<Integer> toInteger(String rawJson) {
      try {
        return Optional.of(Integer.parseInt(rawJson));
      } catch (NumberFormatException otherwise) {
        return Optional.empty();
      }
    }
  }
}
