package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import java.util.List;

/**
 * Consecutive messages of one room, ready to go as a batch. Shared by all members that stand at the
 * same place, so that the batch and its frame are made once.
 *
 * @param messages at least one
 * @param characters of their payloads
 */
record Run(String epoch, List<Message> messages, int characters, Batch batch) {
  static Run of(LocalRoom room, String epoch, List<Message> messages) {
    int characters = messages.stream().mapToInt(message -> message.payload().length()).sum();
    return new Run(epoch, messages, characters, Batches.ofRun(room.name(), epoch, messages));
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
