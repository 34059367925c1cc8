package io.snapper.edge.producer;

import io.snapper.protocol.jsonrpc.JsonRpcWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The place of one frame in the order of answers: what its parts said, as they are done. A frame of
 * notifications has a place, too, and no text in it.
 */
final class Answer {
  private final long heldBytes;
  private final boolean isBatch;
  private final String[] texts;
  private int unsettledParts;

  private Answer(long heldBytes, int parts, boolean isBatch) {
    this.heldBytes = heldBytes;
    this.isBatch = isBatch;
    this.texts = new String[parts];
    this.unsettledParts = parts;
  }

  /** The place of one message. */
  static Answer ofOne(long heldBytes) {
    return new Answer(heldBytes, 1, false);
  }

  /** The place of a batch. */
  static Answer ofBatch(long heldBytes, int parts) {
    return new Answer(heldBytes, parts, true);
  }

  /** What counts as held until the answer is written. */
  long heldBytes() {
    return heldBytes;
  }

  /** Settles a part, once; {@code text} is null if it gets no answer. */
  void settle(int part, String text) {
    texts[part] = text;
    unsettledParts--;
  }

  boolean isSettled() {
    return unsettledParts == 0;
  }

  /** The frame's whole answer; empty if it gets none. */
  Optional<String> text() {
    if (!isBatch) {
      return Optional.ofNullable(texts[0]);
    }
    List<String> present = new ArrayList<>(texts.length);
    for (String text : texts) {
      if (text != null) {
        present.add(text);
      }
    }
    return present.isEmpty() ? Optional.empty() : Optional.of(JsonRpcWriter.batch(present));
  }
}
