package io.snapper.core.store;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The consumers' mailboxes: who owns each, and where it stands in each of its rooms.
 *
 * <p>Each method is one atomic step within one mailbox. Steps of an owner carry its fence and
 * change nothing if the mailbox has been claimed since.
 */
public interface Mailboxes {
  /** Returns the refusal for a consumer that is in too many rooms. */
  static SnapperException tooManyRooms(ConsumerId consumer, int maxRooms) {
    return SnapperException.invalid(
        "consumer '"
            + consumer
            + "' is in "
            + maxRooms
            + " rooms, its own ones included; that is the limit");
  }

  /**
   * Makes {@code node} the owner: the fence goes up by one, the life has no end while it is owned.
   * If another node owned it, that node gets a {@link Push.Evicted}; if nobody received that push,
   * it counts as dead and nothing is pending, and its {@link #note} is written into the mailbox.
   */
  CompletionStage<Claim> claim(ConsumerId consumer, UserId user, DeviceKind device, NodeId node);

  /**
   * Claims the mailbox if nobody has done so since its fence was {@code fence}, without waiting for
   * anybody's last state: it was given up for this node, or lost, and the node knows best what
   * belongs in it.
   *
   * @param fence the fence that was read; 0 if there was no mailbox, or one that nobody had claimed
   * @return the mailbox under the new claim, or nothing if the fence was another one
   */
  CompletionStage<Optional<Mailbox>> claimUnchanged(
      ConsumerId consumer, UserId user, DeviceKind device, NodeId node, long fence);

  /** Returns the mailbox, or nothing if there is none. */
  CompletionStage<Optional<Mailbox>> read(ConsumerId consumer);

  /**
   * Writes the last state of the evicted owner, if its handover is still waited for, and sends the
   * new owner a {@link Push.HandedOver}.
   *
   * @param lastState carries the evicted owner's fence
   * @return whether it was taken
   */
  CompletionStage<Boolean> handOver(MailboxUpdate lastState);

  /**
   * Ends the waiting for a handover, so that a late one is refused, and returns the mailbox as it
   * is now. If the handover did not come, what the earlier owner had noted is written into it.
   */
  CompletionStage<Mailbox> settle(ConsumerId consumer, long fence);

  /**
   * Adds rooms that the broker itself puts a consumer into, unless it is there already.
   *
   * @return whether the fence was right
   */
  CompletionStage<Boolean> enter(ConsumerId consumer, long fence, RoomName room, Position start);

  /**
   * Writes what moved, of any number of mailboxes, each atomically. An update that comes after one
   * with a higher number changes nothing.
   *
   * @return the consumers whose fence was stale: they belong to somebody else now
   */
  CompletionStage<Set<ConsumerId>> save(Collection<MailboxUpdate> updates);

  /**
   * Notes what moved, beside the mailboxes, at a fraction of what {@link #save} costs. A note
   * stands for a save that is done when somebody else needs it: {@link #claim} and {@link #settle}
   * write it into the mailbox, if its last write was a save of the same claim with a lower number.
   * So it counts only after a save, names all that moved since that one, and replaces the
   * consumer's earlier note. The batch in flight stays as the mailbox has it.
   *
   * <p>A stale owner's note counts for nothing, and nobody is told so.
   *
   * @param node the owner
   */
  CompletionStage<Void> note(NodeId node, Collection<MailboxUpdate> updates);

  /** Removes notes of {@code node}, which must be of use to nobody any more. */
  CompletionStage<Void> dropNotes(NodeId node, Collection<ConsumerId> consumers);

  /**
   * Writes the last state and gives the mailbox up; it lives on for {@code life}.
   *
   * @return whether the fence was right
   */
  CompletionStage<Boolean> release(MailboxUpdate lastState, NodeId node, Duration life);

  /**
   * Shortens the life of a mailbox that nobody owns to {@code life}, if it belongs to {@code user}.
   */
  CompletionStage<Boolean> weaken(ConsumerId consumer, UserId user, Duration life);

  /**
   * Puts the consumer into a room, from {@code start} on, unless it is there. The owner gets a
   * {@link Push.Joined}. A mailbox that does not exist yet is made, and lives for {@code lifeIfNew}
   * unless it is claimed.
   *
   * <p>Fails with {@code INVALID_ARGUMENT} if the consumer is in {@code maxRooms} others, its own
   * ones included.
   *
   * @return whether that changed something
   */
  CompletionStage<Boolean> join(
      ConsumerId consumer, RoomName room, Position start, Duration lifeIfNew, int maxRooms);

  /**
   * Takes the consumer out of a room. The owner gets a {@link Push.Left}, which carries {@code
   * until}, the room's end at that time. Returns whether that changed something.
   */
  CompletionStage<Boolean> leave(ConsumerId consumer, RoomName room, Position until);

  /** Sends the owner a {@link Push.CloseRequested}. Returns whether a node received it. */
  CompletionStage<Boolean> requestClose(ConsumerId consumer);

  /** Returns the consumers of one partition that {@code node} owns. */
  CompletionStage<List<ConsumerId>> ownedBy(NodeId node, int partition);

  /**
   * Gives up, on behalf of a dead node, a mailbox that it owned. The node gets a {@link
   * Push.Orphaned}: it may live.
   *
   * @return the user and the dead owner's fence, or nothing if the node did not own it any more
   */
  CompletionStage<Optional<Orphan>> orphan(ConsumerId consumer, NodeId deadNode, Duration life);

  /** What is needed to take a dead node's consumer off the user's list. */
  record Orphan(UserId user, long fence) {}
}
