package io.snapper.edge.rest;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/** Messages for one room, user or device: {@code {"message":"…"}} or {@code {"messages":[…]}}. */
public record PushRequest(List<String> messages) implements RequestBody {
  private static final Set<String> FIELDS = Set.of("message", "messages");

  static PushRequest of(JsonValue body, int batchLimit) {
    return new PushRequest(RequestFields.of("", body, FIELDS).messages(batchLimit));
  }
}
