package io.snapper.core;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.RoomState;
import java.util.Map;

/**
 * A room seen from outside.
 *
 * @param state epoch and top of its log
 * @param members connected members on each node
 */
public record RoomOverview(RoomName room, RoomState state, Map<NodeId, Integer> members) {
  public RoomOverview {
    members = Map.copyOf(members);
  }

  /** Returns the number of connected members on all nodes. */
  public long connectedMembers() {
    return members.values().stream().mapToLong(Integer::longValue).sum();
  }
}
