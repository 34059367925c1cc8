package io.snapper.protocol.jsonrpc;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON-RPC 2.0 message as it came in. Params, results and data are valid JSON text, exactly as
 * written. Immutable.
 */
public sealed interface JsonRpcMessage {

  /**
   * A call that wants an answer.
   *
   * @param id what the answer repeats; {@link JsonRpcId#NULL} if the caller sent a null
   * @param method the method's name, decoded; may be empty
   * @param params an array or object, or empty if the call has none
   */
  record Request(JsonRpcId id, String method, Optional<String> params) implements JsonRpcMessage {

    /** Refuses nulls. */
    public Request {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(params, "params");
    }
  }

  /**
   * A call that must not be answered.
   *
   * @param method the method's name, decoded; may be empty
   * @param params an array or object, or empty if the call has none
   */
  record Notification(String method, Optional<String> params) implements JsonRpcMessage {

    /** Refuses nulls. */
    public Notification {
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(params, "params");
    }
  }

  /**
   * An answer that says it worked.
   *
   * @param id the id of the request
   * @param result any JSON
   */
  record Success(JsonRpcId id, String result) implements JsonRpcMessage {

    /** Refuses nulls. */
    public Success {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(result, "result");
    }
  }

  /**
   * An answer that says it failed.
   *
   * @param id the id of the request, or {@link JsonRpcId#NULL} if the other side could not tell it
   * @param code the error's number
   * @param message the error's text, decoded
   * @param data any JSON, or empty if there is none
   */
  record Failure(JsonRpcId id, int code, String message, Optional<String> data)
      implements JsonRpcMessage {

    /** Refuses nulls. */
    public Failure {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(data, "data");
    }
  }

  /**
   * Something that is none of the others.
   *
   * @param error what to answer
   * @param id the id to answer with: {@link JsonRpcId#NULL} unless a valid one was found
   * @param reason for the log, in a few words
   */
  record Invalid(JsonRpcErrorCode error, JsonRpcId id, String reason) implements JsonRpcMessage {

    /** Refuses nulls. */
    public Invalid {
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * Several messages in one array, to be answered by one array of the answers that there are, or by
   * nothing if there are none.
   *
   * @param messages at least one, in order; never a batch again
   */
  record Batch(List<JsonRpcMessage> messages) implements JsonRpcMessage {

    /** Copies the list. */
    public Batch {
      messages = List.copyOf(messages);
    }
  }
}
