package io.snapper.core.store;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who is connected: the connections of each user. Each method is one atomic step within one user.
 */
public interface UserDirectory {
  /**
   * Records a connection; a later claim of the same consumer replaces it, an earlier one does not.
   */
  CompletionStage<Void> enter(UserId user, Connection connection);

  /**
   * Removes the connection if it is still that claim's.
   *
   * @return the number of connections that the user has left, or -1 if nothing was removed
   */
  CompletionStage<Integer> leave(UserId user, ConsumerId consumer, long fence);

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
}
