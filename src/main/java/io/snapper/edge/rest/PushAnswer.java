package io.snapper.edge.rest;

import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Where messages were stored.
 *
 * @param room the room; a user's, a device's and everyone's have names, too
 * @param epoch the room's epoch
 * @param offset the message's offset if it was one, else null
 * @param firstOffset the first message's offset
 * @param lastOffset the last message's offset
 */
@JsonbPropertyOrder({"room", "epoch", "offset", "firstOffset", "lastOffset"})
public record PushAnswer(String room, String epoch, Long offset, long firstOffset, long lastOffset)
    implements Answer {

  static PushAnswer of(RoomName room, Published published) {
    long first = published.firstOffset();
    long last = published.lastOffset();
    return new PushAnswer(
        room.value(), published.epoch(), first == last ? first : null, first, last);
  }
}
