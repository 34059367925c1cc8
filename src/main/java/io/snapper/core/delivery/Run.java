package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import java.util.List;

/**
 * Consecutive messages of one room, ready to go as a batch. Shared by all members that stand at the
 * same place, so that the batch and its frame are made once.
 *
 * @param messages at least one
 * @param limit what it was made within
 */
record Run(String epoch, List<Message> messages, BatchLimit limit, Batch batch) {
  static Run of(LocalRoom room, List<Message> messages, BatchLimit limit) {
    String epoch = room.epoch();
    return new Run(epoch, messages, limit, Batches.ofRun(room.name(), epoch, messages));
  }

  int characters() {
    return batch.characters();
  }

  long from() {
    return messages.get(0).offset();
  }

  long to() {
    return messages.get(messages.size() - 1).offset();
  }

  long toTimeMs() {
    return messages.get(messages.size() - 1).publishedAtMs();
  }
}
