package io.snapper.edge.producer;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A failure of the broker as this protocol says it.
 *
 * @param error the error on the wire
 * @param reason what the caller may read
 * @param isTemporary whether the broker took nothing and may take it later
 * @param fault what belongs in the log with its stack trace, or null
 */
record Refusal(JsonRpcErrorCode error, String reason, boolean isTemporary, Throwable fault) {

  static Refusal of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof SnapperException refused)) {
      return new Refusal(
          JsonRpcErrorCode.INTERNAL_ERROR, "the broker failed; its log has more", false, cause);
    }
    ErrorCode code = refused.code();
    return switch (code) {
      case INVALID_ARGUMENT, TOO_LARGE, FORBIDDEN, NOT_FOUND, CONFLICT, UNAUTHORIZED ->
          new Refusal(JsonRpcErrorCode.INVALID_PARAMS, refused.getMessage(), false, null);
      // Holding it back would fill this node, too: the producer is told and decides.
      // What is uncertain must not be sent again here: it may be stored already.
      case STORE_FULL, UNCERTAIN ->
          new Refusal(JsonRpcErrorCode.INTERNAL_ERROR, refused.getMessage(), false, null);
      case OVERLOADED, UNAVAILABLE ->
          new Refusal(JsonRpcErrorCode.INTERNAL_ERROR, refused.getMessage(), true, null);
      case INTERNAL ->
          new Refusal(JsonRpcErrorCode.INTERNAL_ERROR, refused.getMessage(), false, refused);
    };
  }
}
