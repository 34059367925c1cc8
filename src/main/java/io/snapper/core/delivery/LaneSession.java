package io.snapper.core.delivery;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.BatchExtent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connected consumer on its lane. The public methods hop to the lane; every field belongs to it.
 */
final class LaneSession implements ConsumerSession {
  /** How far the session has come. */
  enum Phase {
    /** It waits for its turn to be opened. */
    WAITING,
    /** The mailbox is being claimed and the rooms attached. */
    OPENING,
    /** The batch that was in flight before is being read again. */
    RESTORING,
    /** Batches go out. */
    LIVE,
    /** Over. */
    ENDED
  }

  /** Whether the session is being compared with its mailbox. */
  enum Comparison {
    NONE,
    WAITING,
    UNDER_WAY
  }

  /** Of how many rooms that it has left it remembers its place. */
  private static final int MAX_LEFT_ROOMS = 64;

  private final Lane lane;
  private final ConsumerIdentity identity;
  final ConsumerConnection connection;
  final Map<RoomName, Member> members = new HashMap<>(4);

  /** Members that have something to send, in the order in which it came. */
  final ArrayDeque<Member> queue = new ArrayDeque<>(2);

  Phase phase = Phase.WAITING;

  /** This claim's number; 0 until the mailbox is claimed. */
  long fence;

  /**
   * The fence of an earlier session of this node that left its mailbox, and its place on the user's
   * list, to this one; 0 if there is none.
   */
  long inheritedFence;

  /** Another session of this node follows at once. */
  boolean isSucceeded;

  /** The term of the lease in which the mailbox was last known to be this session's. */
  long term;

  /** Another node has claimed the mailbox and waits for the last state. */
  boolean isEvicted;

  /** The highest fence of another node's claim that was told while this claim was under way. */
  long evictingFence;

  /** Whether the mailbox's content is complete: nothing of an earlier owner is waited for. */
  boolean isMailboxKnown;

  /** The batch that the mailbox says is in flight, until it is sent again here. */
  Optional<BatchExtent> unresumed = Optional.empty();

  Batch inFlight;

  /**
   * The member whose messages are in flight if they are all of one room; spares a look-up per
   * acknowledgement.
   */
  Member inFlightMember;

  /** Whether the batch in flight waits for the mailbox to know it, and has not gone out yet. */
  boolean isInFlightUnsent;

  /**
   * Whether the batch in flight is due and waits until the mailbox is known to be this session's.
   */
  boolean isInFlightHeldBack;

  /** Notices that wait for the same. */
  final List<GapNotice> gapsHeldBack = new ArrayList<>(0);

  /** Whether the mailbox knows the batch in flight. */
  boolean isInFlightStored;

  /** When the batch is sent again, or given up; {@link System#nanoTime}. */
  long inFlightDeadlineNanos;

  int inFlightTimeouts;
  int rejections;

  /** Whether the deadline is that of a retry after a rejection. */
  boolean isRejected;

  /** Counts what is written to the mailbox, so that a late write can't undo a later one. */
  long updates;

  /** Counts the pushes that changed its rooms. */
  int membershipChanges;

  /**
   * Where it stood in rooms that it has left: the push of an earlier join may come late, and must
   * not bring it back to an earlier place.
   */
  private Map<RoomName, Position> left = Map.of();

  /**
   * The joins and leaves that came while it was opening. The claim's answer may be older than they
   * are, and a room that was joined and left meanwhile still owes what was published between.
   */
  final List<Runnable> whileOpening = new ArrayList<>(0);

  Comparison comparison = Comparison.NONE;

  /** Whether a comparison is due once this one, or the opening, is over. */
  boolean isComparisonWanted;

  /** Whether a claim of this session may have come through although it failed. */
  boolean isClaimUnheard;

  /** Whether the store has lost the mailbox and does not have all of it again yet. */
  boolean isMailboxLost;

  boolean isReady;
  boolean isCursorDirty;

  /**
   * The claim under which a note of the cursors is enough: its mailbox has been written and names
   * no batch in flight. 0 if there is none.
   */
  long notableFence;

  /** Whether positions are in a note only, and the mailbox is to be written for them. */
  boolean isSaveDue;

  /** Whether the store has, or may have, a note of this session. */
  boolean hasNote;

  /** Its place in the lane's list of sessions. */
  int index = -1;

  LaneSession(Lane lane, ConsumerIdentity identity, ConsumerConnection connection) {
    this.lane = lane;
    this.identity = identity;
    this.connection = connection;
  }

  @Override
  public ConsumerIdentity identity() {
    return identity;
  }

  ConsumerId consumer() {
    return identity.consumer();
  }

  boolean hasEnded() {
    return phase == Phase.ENDED;
  }

  /** Returns whether its rooms and its mailbox are not known yet. */
  boolean isOpening() {
    return phase == Phase.WAITING || phase == Phase.OPENING;
  }

  /** Tells the consumer that messages are lost to it, once nothing is uncertain. */
  void notifyGap(GapNotice notice) {
    lane.onGap(this, notice);
  }

  void rememberLeft(RoomName room, Position position) {
    if (left.isEmpty()) {
      left = new LinkedHashMap<>(2);
    }
    left.remove(room);
    left.put(room, position);
    if (left.size() > MAX_LEFT_ROOMS) {
      left.remove(left.keySet().iterator().next());
    }
  }

  /** Returns {@code start}, or where the session has been in the room already. */
  Position notBeforeLeft(RoomName room, Position start) {
    Position last = left.isEmpty() ? null : left.remove(room);
    boolean hasPassed =
        start != null
            && last != null
            && last.epoch().equals(start.epoch())
            && last.offset() > start.offset();
    return hasPassed ? last : start;
  }

  /** Returns up to where it has acknowledged the rooms that it has left. */
  Map<RoomName, Position> left() {
    return left;
  }

  @Override
  public void acknowledge(String batchId) {
    lane.executor().executeSoon(() -> lane.onAcknowledge(this, batchId));
  }

  @Override
  public void reject(String batchId) {
    lane.executor().execute(() -> lane.onReject(this, batchId));
  }

  @Override
  public void disconnected(CloseReason reason) {
    lane.executor().execute(() -> lane.onDisconnected(this, reason));
  }

  @Override
  public String toString() {
    return consumer() + " (" + phase + ", fence " + fence + ")";
  }
}
