package io.snapper.core.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A user directory that also keeps who came online and who went, until some node has told it.
 *
 * <p>A change is recorded in the atomic step that causes it: a user's changes alternate, and a call
 * that is repeated records none. The changes of a partition wait in one list, oldest first; one
 * node at a time may tell them, for as long as its lease. A list that nobody tells is forgotten as
 * mailboxes are.
 */
public interface PresenceLog extends UserDirectory {
  /** Returns the number of partitions. */
  int partitions();

  int partitionOf(UserId user);

  /**
   * Asks for the right to tell the changes of some partitions. Each request is one atomic step:
   * what the node has told is removed; then, unless another node has the right, the node has it for
   * as long as {@code lease} and gets the oldest changes. If none is left, nobody has the right.
   * Asking again renews the lease and changes nothing else.
   *
   * @param maxChanges how many changes of one partition to return at most
   * @return the answers in the order of the requests
   */
  CompletionStage<List<Taken>> take(
      NodeId node, List<Request> requests, Duration lease, int maxChanges);

  /**
   * One partition.
   *
   * @param toldNumber the number of the last change that the node has told; 0 for none
   */
  record Request(int partition, long toldNumber) {}

  /**
   * The changes to be told, in order.
   *
   * @param heldElsewhereMs for how long another node may go on telling, in ms; 0 if none does
   */
  record Taken(long heldElsewhereMs, List<PresenceChange> changes) {
    public Taken {
      changes = List.copyOf(changes);
    }
  }
}
