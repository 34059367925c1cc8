package io.snapper.edge.producer;

import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.PublishParams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbered calls of a connection that have failed, the first one of each producer. A later one
 * must not be stored before it comes again: the store takes whatever is not after the last number
 * for stored, so the failed messages would be lost. Belongs to the connection's event loop.
 */
final class FailedNumbers {
  /** A connection speaks for one producer, or a few. */
  private static final int MAX_PRODUCERS = 1000;

  private final Map<String, Long> first = new LinkedHashMap<>();

  /** A call, or a part of it, has failed. */
  void add(Sequence failed) {
    first.merge(failed.producer(), failed.number(), Math::min);
    if (first.size() > MAX_PRODUCERS) {
      first.remove(first.keySet().iterator().next());
    }
  }

  /** Returns why a call must not be stored yet, if so; the failed call may, and ends that. */
  Optional<Refusal> refusalOf(PublishParams.Number number) {
    Long failed = first.get(number.producer());
    if (failed == null) {
      return Optional.empty();
    }
    if (number.sequence() > failed) {
      return Optional.of(refusal(number.sequence(), failed));
    }
    first.remove(number.producer());
    return Optional.empty();
  }

  /** Returns why something is not stored that waited behind what has failed. */
  static Refusal refusal(Sequence later, Sequence failed) {
    return refusal(later.number(), failed.number());
  }

  private static Refusal refusal(long later, long failed) {
    String reason =
        "sequence " + later + " is not stored, since " + failed + " failed; send that one again";
    return new Refusal(JsonRpcErrorCode.INTERNAL_ERROR, reason, false, null);
  }
}
