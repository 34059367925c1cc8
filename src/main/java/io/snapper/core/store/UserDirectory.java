package io.snapper.core.store;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who is connected: the connections of each user. Each method is one atomic step within one user.
 *
 * <p>A connection belongs to a claim of its consumer's mailbox. Whoever owns the mailbox answers
 * for the entry: a later claim takes over the entries of the earlier ones, and whoever gives the
 * mailbox up removes the entry first. So none is left behind when a node dies at any moment.
 */
public interface UserDirectory {
  /**
   * Records a connection; a later claim of the same consumer replaces it, an earlier one does not.
   * A claim that has left within the last minute is refused: the call comes late. Doing it again
   * changes nothing.
   */
  CompletionStage<Outcome> enter(UserId user, Connection connection);

  /** Removes the connection if it is that claim's or an earlier one's. */
  CompletionStage<Outcome> leave(UserId user, ConsumerId consumer, long fence);

  /** Returns the user's connections in no particular order. */
  CompletionStage<List<Connection>> connections(UserId user);

  /**
   * One connection.
   *
   * @param fence the claim that it belongs to
   * @param sinceMs when it was opened, in ms since 1970, by the node's clock
   */
  record Connection(
      ConsumerId consumer, NodeId node, DeviceKind device, long fence, long sinceMs) {}

  /**
   * What became of a call.
   *
   * @param isDone whether the connection is on the list now, or was removed
   * @param connections how many connections the user has now
   * @param hasUntoldChanges whether somebody should look into the {@link PresenceLog}; always false
   *     for a directory that records no changes
   */
  record Outcome(boolean isDone, int connections, boolean hasUntoldChanges) {}
}
