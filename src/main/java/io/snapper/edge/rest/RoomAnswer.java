package io.snapper.edge.rest;

import io.snapper.core.RoomOverview;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * A room seen from outside.
 *
 * @param top the last message's offset, 0 if there was none
 * @param connectedMembers how many of its members are connected
 * @param membersByNode the same for each node that has some
 */
@JsonbPropertyOrder({"room", "epoch", "top", "connectedMembers", "membersByNode"})
public record RoomAnswer(
    String room, String epoch, long top, long connectedMembers, Map<String, Integer> membersByNode)
    implements Answer {

  static RoomAnswer of(RoomOverview overview) {
    Map<String, Integer> members = new TreeMap<>();
    overview.members().forEach((node, count) -> members.put(node.value(), count));
    return new RoomAnswer(
        overview.room().value(),
        overview.state().epoch(),
        overview.state().top(),
        overview.connectedMembers(),
        members);
  }
}
