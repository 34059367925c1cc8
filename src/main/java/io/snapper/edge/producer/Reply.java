package io.snapper.edge.producer;

import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcId;
import io.snapper.protocol.jsonrpc.JsonRpcWriter;
import java.util.function.Consumer;

/**
 * Where the outcome of one call goes: into its part of an {@link Answer}, or, if it was a
 * notification and failed, into the log.
 */
final class Reply {
  private final Answer answer;
  private final int part;
  private final JsonRpcId id;
  private final Consumer<String> unanswered;

  private Reply(Answer answer, int part, JsonRpcId id, Consumer<String> unanswered) {
    this.answer = answer;
    this.part = part;
    this.id = id;
    this.unanswered = unanswered;
  }

  /** The reply to a request. */
  static Reply toRequest(Answer answer, int part, JsonRpcId id) {
    return new Reply(answer, part, id, null);
  }

  /**
   * The reply to a notification, which nobody gets.
   *
   * @param unanswered told why the call failed
   */
  static Reply toNotification(Answer answer, int part, Consumer<String> unanswered) {
    return new Reply(answer, part, null, unanswered);
  }

  void succeed(String rawResult) {
    answer.settle(part, id == null ? null : JsonRpcWriter.success(id, rawResult));
  }

  void fail(JsonRpcErrorCode error) {
    fail(error, error.message(), null);
  }

  /** Fails with a reason that the caller may read. */
  void fail(JsonRpcErrorCode error, String reason) {
    fail(error, reason, JsonText.quote(reason));
  }

  /** Fails with data for the caller and, for the log, a reason. */
  void fail(JsonRpcErrorCode error, String reason, String rawData) {
    if (id == null) {
      answer.settle(part, null);
      unanswered.accept(reason);
    } else if (rawData == null) {
      answer.settle(part, JsonRpcWriter.failure(id, error));
    } else {
      answer.settle(part, JsonRpcWriter.failure(id, error, rawData));
    }
  }
}
