package io.snapper.testing.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PresenceChange;

/** Sees what an {@link InMemoryStore} does, as it does it. Called under the store's lock. */
public interface StoreWitness {
  /** Looks away. */
  StoreWitness NONE = new StoreWitness() {};

  /** A message was stored. */
  default void onStored(RoomName room, String epoch, Message message) {}

  /** A room lost its end: {@code top} is its last message now. */
  default void onRewound(RoomName room, long top) {}

  /** A room's log got a new epoch; its messages stayed. */
  default void onRenewed(RoomName room, String epoch) {}

  /** Everything was lost. */
  default void onWiped() {}

  /** The consumer was taken out of the room. */
  default void onLeft(ConsumerId consumer, RoomName room) {}

  /** The node claimed the mailbox. */
  default void onClaimed(ConsumerId consumer, NodeId node) {}

  /** The node's lease was renewed. */
  default void onLeaseRenewed(NodeId node, long nowMs, long endMs) {}

  /** The mailbox changed hands, or lost its owner, without that owner's last state. */
  default void onTakenWithoutLastState(ConsumerId consumer) {}

  /** A user came online, or went. */
  default void onPresenceChange(PresenceChange change) {}
}
