package io.snapper.core.store;

import io.snapper.core.message.Message;
import java.util.List;

/**
 * Some messages of a room's log, in order and without a hole, and where the log stood when they
 * were read.
 *
 * @param state epoch and top at the time of reading
 * @param firstRetained the lowest offset that the log still has; {@code state.top() + 1} if it has
 *     none
 * @param messages the messages from the asked place, or from {@code firstRetained} if that is
 *     later; empty at the end
 */
public record LogPage(RoomState state, long firstRetained, List<Message> messages) {
  public LogPage {
    messages = List.copyOf(messages);
  }
}
