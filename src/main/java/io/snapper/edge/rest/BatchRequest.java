package io.snapper.edge.rest;

import io.snapper.core.message.RoomName;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Messages for many rooms: {@code {"entries":[{"room":"…","message":"…"},…]}}. An entry that is
 * wrong is kept with what is wrong about it, so that the others are not harmed.
 *
 * @param entries in the request's order
 */
public record BatchRequest(List<Delivery> entries) implements RequestBody {
  private static final Set<String> FIELDS = Set.of("entries");
  private static final Set<String> ENTRY_FIELDS = Set.of("room", "message", "messages");

  static BatchRequest of(JsonValue body, int batchLimit) {
    JsonArray entries = RequestFields.of("", body, FIELDS).array("entries", batchLimit);
    List<Delivery> deliveries = new ArrayList<>(entries.size());
    int left = batchLimit;
    for (int index = 0; index < entries.size(); index++) {
      Delivery delivery = entry("entries[" + index + "]", entries.get(index), batchLimit);
      deliveries.add(delivery);
      left -= delivery.messages().size();
    }
    if (left < 0) {
      int count = batchLimit - left;
      throw ProblemException.tooLarge(
          "entries",
          "entries hold " + count + " messages; the limit is " + batchLimit,
          count,
          batchLimit);
    }
    return new BatchRequest(deliveries);
  }

  private static Delivery entry(String place, JsonValue value, int batchLimit) {
    String shown =
        value instanceof JsonObject object && object.get("room") instanceof JsonString room
            ? room.getString()
            : null;
    try {
      RequestFields fields = RequestFields.of(place, value, ENTRY_FIELDS);
      RoomName room = NameRules.room(place + ".room", fields.string("room"));
      return Delivery.accepted(place, shown, room, fields.messages(batchLimit));
    } catch (ProblemException refused) {
      return Delivery.refused(place, shown, refused.problem());
    }
  }
}
