package io.snapper.edge.rest;

import io.snapper.core.message.RoomName;
import java.util.List;

/**
 * One entry of a call that publishes to many.
 *
 * @param place where it is in the request
 * @param target the room or user as the request names it, or null if it names none
 * @param room where to, or null if the entry is refused
 * @param messages what, empty if the entry is refused
 * @param refusal why not, or null
 */
public record Delivery(
    String place, String target, RoomName room, List<String> messages, Problem refusal) {
  public Delivery {
    messages = List.copyOf(messages);
  }

  static Delivery accepted(String place, String target, RoomName room, List<String> messages) {
    return new Delivery(place, target, room, messages, null);
  }

  static Delivery refused(String place, String target, Problem refusal) {
    return new Delivery(place, target, null, List.of(), refusal);
  }
}
