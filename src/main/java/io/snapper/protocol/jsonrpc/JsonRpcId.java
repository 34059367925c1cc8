package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonText;
import java.util.Objects;

/**
 * The id of a request or answer, kept as it was written, so that an answer repeats it byte for
 * byte. JSON-RPC 2.0 permits strings, numbers (with a fraction, too) and null.
 *
 * <p>Equality is that of the written form; {@link #isString(String)} compares values.
 *
 * @param rawJson a JSON string, number or {@code null}
 */
public record JsonRpcId(String rawJson) {

  /** The id of an answer to something whose id could not be found out. */
  public static final JsonRpcId NULL = new JsonRpcId("null");

  /** Checks the type of the value. */
  public JsonRpcId {
    Objects.requireNonNull(rawJson, "rawJson");
    if (!isPermitted(rawJson)) {
      throw new IllegalArgumentException(
          "An id is a string, a number or null, not: " + Excerpt.of(rawJson));
    }
  }

  /** The id whose value is this string. */
  public static JsonRpcId ofString(String value) {
    return new JsonRpcId(JsonText.quote(value));
  }

  /** Whether valid JSON is of a type that an id may have. */
  static boolean isPermitted(String rawJson) {
    if (rawJson.isEmpty()) {
      return false;
    }
    char first = rawJson.charAt(0);
    return first == '"' || first == '-' || (first >= '0' && first <= '9') || rawJson.equals("null");
  }

  /** Whether this is null. */
  public boolean isNull() {
    return rawJson.equals("null");
  }

  /** Whether this is a string with this value. */
  public boolean isString(String value) {
    return rawJson.charAt(0) == '"' && JsonText.unquote(rawJson).equals(value);
  }

  /** The value of a string; the written form of a number or null. */
  public String text() {
    return rawJson.charAt(0) == '"' ? JsonText.unquote(rawJson) : rawJson;
  }
}
