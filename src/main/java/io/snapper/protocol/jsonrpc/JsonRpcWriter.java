package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * Writes JSON-RPC 2.0. Results, params and data are JSON text and go out as they are. Thread-safe.
 */
public final class JsonRpcWriter {

  private JsonRpcWriter() {}

  /** A request. */
  public static String request(JsonRpcId id, String method, String rawParams) {
    return start(id, rawParams.length() + method.length())
        .append(",\"method\":")
        .append(JsonText.quote(method))
        .append(",\"params\":")
        .append(rawParams)
        .append('}')
        .toString();
  }

  /** A notification with params. */
  public static String notification(String method, String rawParams) {
    return notification(method, Optional.of(rawParams));
  }

  /** The answer that it worked. */
  public static String success(JsonRpcId id, String rawResult) {
    return start(id, rawResult.length())
        .append(",\"result\":")
        .append(rawResult)
        .append('}')
        .toString();
  }

  /** The answer that it failed, with the error's own message. */
  public static String failure(JsonRpcId id, JsonRpcErrorCode error) {
    return failure(id, error.code(), error.message());
  }

  /** The answer that it failed, with data that says more, as JSON. */
  public static String failure(JsonRpcId id, JsonRpcErrorCode error, String rawData) {
    return failure(id, error.code(), error.message(), Optional.of(rawData));
  }

  /** The answer that it failed, with a code and message of any kind. */
  public static String failure(JsonRpcId id, int code, String message) {
    return failure(id, code, message, Optional.empty());
  }

  /** The array that answers a batch; must not be sent if there are no answers. */
  public static String batch(List<String> answers) {
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("A batch without answers gets none, not an empty array");
    }
    return "[" + String.join(",", answers) + "]";
  }

  /**
   * The notification {@code invalid}, by which a consumer is told that its message was not
   * understood: one param of the form {@code {"payload":…,"type":…}} that describes the message, as
   * jsonrpc-lite would have parsed it. The text of an invalid message isn't repeated.
   */
  public static String invalidNotification(JsonRpcMessage message) {
    StringBuilder out = new StringBuilder(128);
    out.append("{\"jsonrpc\":\"2.0\",\"method\":\"invalid\",\"params\":[{\"payload\":");
    String type;
    if (message instanceof JsonRpcMessage.Success success) {
      out.append(success(success.id(), success.result()));
      type = "success";
    } else if (message instanceof JsonRpcMessage.Failure failure) {
      out.append(failure(failure.id(), failure.code(), failure.message(), failure.data()));
      type = "error";
    } else if (message instanceof JsonRpcMessage.Notification notification) {
      out.append(notification(notification.method(), notification.params()));
      type = "notification";
    } else {
      JsonRpcErrorCode error =
          message instanceof JsonRpcMessage.Invalid invalid
              ? invalid.error()
              : JsonRpcErrorCode.INVALID_REQUEST;
      appendError(out, error.code(), error.message(), Optional.empty());
      type = "invalid";
    }
    return out.append(",\"type\":\"").append(type).append("\"}]}").toString();
  }

  private static StringBuilder start(JsonRpcId id, int lengthAhead) {
    return new StringBuilder(lengthAhead + id.rawJson().length() + 64)
        .append("{\"jsonrpc\":\"2.0\",\"id\":")
        .append(id.rawJson());
  }

  private static String notification(String method, Optional<String> rawParams) {
    StringBuilder out = new StringBuilder("{\"jsonrpc\":\"2.0\",\"method\":");
    JsonText.quoteTo(out, method);
    rawParams.ifPresent(params -> out.append(",\"params\":").append(params));
    return out.append('}').toString();
  }

  private static String failure(JsonRpcId id, int code, String message, Optional<String> rawData) {
    StringBuilder out = start(id, message.length()).append(",\"error\":");
    appendError(out, code, message, rawData);
    return out.append('}').toString();
  }

  private static void appendError(
      StringBuilder out, int code, String message, Optional<String> rawData) {
    out.append("{\"message\":");
    JsonText.quoteTo(out, message);
    out.append(",\"code\":").append(code);
    rawData.ifPresent(data -> out.append(",\"data\":").append(data));
    out.append('}');
  }
}
