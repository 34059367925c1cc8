package io.snapper.core.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the store knows of a consumer.
 *
 * @param owner the node that holds its connection, if one does
 * @param fence counts the claims; a write with another fence is refused
 * @param cursors the acknowledged position in each room that it is in
 * @param inFlight the batch that was sent and not acknowledged, as far as it was written
 */
public record Mailbox(
    Optional<NodeId> owner,
    long fence,
    Map<RoomName, Position> cursors,
    Optional<BatchExtent> inFlight) {
  public Mailbox {
    // Map.copyOf would shuffle them anew in each process, and no run could be repeated exactly.
    cursors = Collections.unmodifiableMap(new LinkedHashMap<>(cursors));
  }
}
