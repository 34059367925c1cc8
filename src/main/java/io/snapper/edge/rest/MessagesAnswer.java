package io.snapper.edge.rest;

import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * A page of a room's retained messages.
 *
 * @param top the last message's offset, 0 if there was none
 * @param firstRetained the lowest offset that is still there; top + 1 if none is
 * @param messages in order, without a hole
 * @param next what to ask for as {@code after} to go on, or null at the end
 */
@JsonbPropertyOrder({"room", "epoch", "top", "firstRetained", "messages", "next"})
public record MessagesAnswer(
    String room, String epoch, long top, long firstRetained, List<Item> messages, Long next)
    implements Answer {

  /** One message. */
  @JsonbPropertyOrder({"offset", "message", "publishedAt"})
  public record Item(long offset, String message, Instant publishedAt) {}

  static MessagesAnswer of(RoomName room, LogPage page) {
    List<Item> items = page.messages().stream().map(MessagesAnswer::item).toList();
    long last = items.isEmpty() ? page.state().top() : items.get(items.size() - 1).offset();
    return new MessagesAnswer(
        room.value(),
        page.state().epoch(),
        page.state().top(),
        page.firstRetained(),
        items,
        last < page.state().top() ? last : null);
  }

  private static Item item(Message message) {
    return new Item(
        message.offset(), message.payload(), Instant.ofEpochMilli(message.publishedAtMs()));
  }
}
