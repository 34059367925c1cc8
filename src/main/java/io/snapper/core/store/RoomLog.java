package io.snapper.core.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The rooms' logs, and which nodes watch which room.
 *
 * <p>Each method is one atomic step within one room. Offsets of a room are 1, 2, 3… without holes
 * within an epoch; a room's epoch is made at the first step that needs it. A message that is stored
 * after {@link #watch} returned reaches the watching node as a {@link Push.RoomMessages}, unless
 * that push is lost; one that was stored before it is covered by the returned top. There is no
 * third case.
 */
public interface RoomLog {
  /**
   * Stores messages and pushes them to every watching node. The order of offsets is the order of
   * pushes; their times never go back within a log.
   *
   * <p>Sending the same request again returns the first result with {@code repeated}, and pushes
   * nothing. So does a request that has an idempotency key which was stored before, or the sequence
   * of a producer which is not after the last stored one in this room. Fails with {@code CONFLICT}
   * if the idempotency key was used for other content in this room.
   */
  CompletionStage<Published> publish(PublishRequest request);

  /**
   * Records that {@code node} has {@code members} connected members in the room; 0 ends the
   * watching. Absolute, so doing it again is harmless.
   *
   * @param version larger than in the node's earlier calls for this room, 1 or more: a call that
   *     takes effect after a later one changes nothing. Of a room that the node doesn't watch (any
   *     more) no version is kept.
   */
  CompletionStage<RoomState> watch(RoomName room, NodeId node, int members, long version);

  /**
   * Returns where the log stands, and makes sure that the room's epoch outlives a mailbox that
   * starts here now.
   */
  CompletionStage<RoomState> state(RoomName room);

  /**
   * Reads messages with offsets above {@code afterOffset}.
   *
   * @param maxMessages 1 or more
   * @param maxBytes stop after the message that reaches this size (payload bytes in UTF-8); at
   *     least one is returned
   */
  CompletionStage<LogPage> read(RoomName room, long afterOffset, int maxMessages, long maxBytes);

  /** Returns the number of connected members on each watching node. */
  CompletionStage<Map<NodeId, Integer>> occupancy(RoomName room);

  /**
   * Gives the log a new epoch after the store lost its end: messages after {@code fork} that were
   * stored under {@code epoch} may have been different ones. Retained messages and the top stay;
   * the lineage tells of the old epoch. Does nothing but return the state if the epoch is not
   * {@code epoch} any more.
   */
  CompletionStage<RoomState> renewEpoch(RoomName room, String epoch, long fork);
}
