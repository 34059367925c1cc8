package io.snapper.edge.rest;

import io.snapper.core.message.RoomName;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The same messages for many users: {@code {"users":["…",…],"message":"…"}}. A user who is named
 * twice gets them once.
 *
 * @param messages what each of them gets
 * @param deliveries one for each user, in the request's order
 */
public record UsersPushRequest(List<String> messages, List<Delivery> deliveries)
    implements RequestBody {
  private static final Set<String> FIELDS = Set.of("users", "message", "messages");

  static UsersPushRequest of(JsonValue body, int batchLimit) {
    RequestFields fields = RequestFields.of("", body, FIELDS);
    List<String> messages = fields.messages(batchLimit);
    JsonArray users = fields.array("users", batchLimit);
    List<Delivery> deliveries = new ArrayList<>(users.size());
    Set<JsonValue> seen = new HashSet<>();
    for (int index = 0; index < users.size(); index++) {
      if (seen.add(users.get(index))) {
        deliveries.add(entry("users[" + index + "]", users.get(index), messages));
      }
    }
    return new UsersPushRequest(messages, deliveries);
  }

  private static Delivery entry(String place, JsonValue value, List<String> messages) {
    String shown = value instanceof JsonString user ? user.getString() : null;
    try {
      RoomName room = RoomName.ofUser(NameRules.user(place, RequestFields.string(place, value)));
      return Delivery.accepted(place, shown, room, messages);
    } catch (ProblemException refused) {
      return Delivery.refused(place, shown, refused.problem());
    }
  }
}
