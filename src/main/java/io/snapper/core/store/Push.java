package io.snapper.core.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import java.util.List;

/** What the store sends to a node. A push is a hint: the log and the mailboxes are the truth. */
public sealed interface Push {
  /**
   * New messages of a room that the node watches.
   *
   * @param previousTimeMs when the message before the first one was stored, 0 if there was none: a
   *     log that has lost its end and grown again has another message there
   * @param messages consecutive offsets, at least one
   */
  record RoomMessages(RoomName room, String epoch, long previousTimeMs, List<Message> messages)
      implements Push {
    public RoomMessages {
      messages = List.copyOf(messages);
    }
  }

  /** A push that is for the owner of one consumer. */
  sealed interface ForConsumer extends Push {
    ConsumerId consumer();
  }

  /** The consumer has been put into a room; {@code fence} is that of the owner's claim. */
  record Joined(ConsumerId consumer, RoomName room, Position start, long fence)
      implements ForConsumer {}

  /**
   * The consumer has been taken out of a room; what was published up to {@code until} still goes to
   * it. {@code fence} is that of the owner's claim.
   */
  record Left(ConsumerId consumer, RoomName room, Position until, long fence)
      implements ForConsumer {}

  /** Another node has claimed the mailbox; {@code fence} is that claim's. */
  record Evicted(ConsumerId consumer, long fence, NodeId by) implements ForConsumer {}

  /** The evicted owner has written its last state; {@code fence} is the new owner's. */
  record HandedOver(ConsumerId consumer, long fence) implements ForConsumer {}

  /**
   * The mailbox was given up because this node was taken for dead; {@code fence} is that of the
   * owner's claim.
   */
  record Orphaned(ConsumerId consumer, long fence) implements ForConsumer {}

  /** The operator wants the connection closed. */
  record CloseRequested(ConsumerId consumer) implements ForConsumer {}
}
