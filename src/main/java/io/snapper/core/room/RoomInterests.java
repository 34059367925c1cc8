package io.snapper.core.room;

import io.snapper.core.Scheduler;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.RoomState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Which rooms this node watches, and for which of its lanes.
 *
 * <p>The store's entry holds an absolute number of members, so the writes of one room must not
 * overtake each other: each room has at most one write under way, and what changes meanwhile is
 * covered by the next one. A write that fails is repeated until the store takes it, since a room
 * that is not watched would be silent. One that has failed may take effect much later: so each has
 * a version, by which the store tells that it is late; and once the store has taken a later one,
 * the room is written once more after a while, because of a room that is no longer watched the
 * store keeps no version.
 *
 * <p>Thread safe. No store call is made while a lock is held.
 */
public final class RoomInterests {
  /** The largest number of lanes: they are bits of a {@code long}. */
  public static final int MAX_LANES = 64;

  private static final Logger LOG = System.getLogger(RoomInterests.class.getName());
  private static final long RETRY_DELAY_MS = 500;

  /** Later than this, a write that has failed doesn't take effect any more. */
  private static final long LATE_WRITE_MS = 5_000;

  private final RoomLog roomLog;
  private final NodeId node;
  private final Scheduler scheduler;
  private final ConcurrentHashMap<RoomName, Interest> interests = new ConcurrentHashMap<>();

  /**
   * Those whose number of members has changed and is written with the next {@link #flushCounts}.
   */
  private final Set<Interest> changed = ConcurrentHashMap.newKeySet();

  private final AtomicLong versions = new AtomicLong();
  private final AtomicInteger writesUnderWay = new AtomicInteger();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private volatile boolean isStopped;

  /**
   * Creates an empty set of interests.
   *
   * @param roomLog where they are written
   * @param node this node
   * @param scheduler for repeating writes that failed
   */
  public RoomInterests(RoomLog roomLog, NodeId node, Scheduler scheduler) {
    this.roomLog = roomLog;
    this.node = node;
    this.scheduler = scheduler;
  }

  /**
   * One room's entry; every field is guarded by the entry's own lock, the mask may be read without
   * it.
   */
  private static final class Interest {
    private final RoomName room;
    private volatile long laneMask;
    private int members;
    private int membersWritten;
    private boolean isWriting;
    private boolean isWriteWanted;
    private boolean mayHaveLateWrite;
    private boolean isRemoved;
    private List<CompletableFuture<RoomState>> waiting = new ArrayList<>(1);

    Interest(RoomName room) {
      this.room = room;
    }
  }

  /** Returns the lanes that have members in the room, as bits. */
  public long lanesOf(RoomName room) {
    Interest interest = interests.get(room);
    return interest == null ? 0 : interest.laneMask;
  }

  /**
   * Adds a lane's first member. The result completes with a state of the log that was read after
   * this call: what is stored later reaches the lane as a push.
   */
  public CompletionStage<RoomState> attach(RoomName room, int lane) {
    CompletableFuture<RoomState> state = new CompletableFuture<>();
    Interest interest = change(room, 1, entry -> entry.laneMask |= 1L << lane, state);
    writeIfNeeded(interest);
    return state;
  }

  /**
   * Counts members of a lane that has others there; the store learns of it with the next {@link
   * #flushCounts}.
   */
  public void adjust(RoomName room, int delta) {
    changed.add(change(room, delta, entry -> {}, null));
  }

  /** Removes a lane's last member. */
  public void detach(RoomName room, int lane) {
    Interest interest = change(room, -1, entry -> entry.laneMask &= ~(1L << lane), null);
    if (interest.laneMask == 0) {
      writeIfNeeded(interest);
    } else {
      changed.add(interest);
    }
  }

  /**
   * Registers again and reads the state, because pushes may have been lost; nothing if the room
   * isn't watched.
   */
  public CompletionStage<RoomState> refresh(RoomName room) {
    CompletableFuture<RoomState> state = new CompletableFuture<>();
    Interest interest = interests.get(room);
    if (interest == null) {
      state.cancel(false);
      return state;
    }
    synchronized (interest) {
      if (interest.isRemoved) {
        state.cancel(false);
        return state;
      }
      interest.waiting.add(state);
    }
    writeIfNeeded(interest);
    return state;
  }

  /**
   * The node got a push of a room that none of its lanes has members in: what the store knows may
   * come from a late write.
   */
  public void onUnwatchedPush(RoomName room) {
    if (!interests.containsKey(room)) {
      writeAgain(room);
    }
  }

  private void writeAgain(RoomName room) {
    writeIfNeeded(change(room, 0, entry -> entry.isWriteWanted = true, null));
  }

  /**
   * Writes the numbers of members that have changed since they were last written. Called about once
   * a second.
   */
  public void flushCounts() {
    for (Interest interest : changed) {
      // One that is being written comes back when that is done.
      changed.remove(interest);
      writeIfNeeded(interest);
    }
  }

  /**
   * Writes nothing any more; completes when no write is under way. The node's entries are removed
   * after that: one written later would stay for ever.
   */
  public CompletionStage<Void> stop() {
    isStopped = true;
    endWhenIdle();
    return idle;
  }

  private void endWhenIdle() {
    if (isStopped && writesUnderWay.get() == 0) {
      idle.complete(null);
    }
  }

  /** Returns the watched rooms that {@code filter} accepts. */
  public List<RoomName> watchedRooms(Predicate<RoomName> filter) {
    return interests.keySet().stream().filter(filter).toList();
  }

  /** Returns the number of watched rooms. */
  public int size() {
    return interests.size();
  }

  private interface Edit {
    void apply(Interest interest);
  }

  private Interest change(
      RoomName room, int delta, Edit edit, CompletableFuture<RoomState> stateWanted) {
    while (true) {
      Interest interest = interests.computeIfAbsent(room, Interest::new);
      synchronized (interest) {
        if (!interest.isRemoved) {
          interest.members += delta;
          edit.apply(interest);
          if (stateWanted != null) {
            interest.waiting.add(stateWanted);
          }
          return interest;
        }
      }
    }
  }

  private void writeIfNeeded(Interest interest) {
    int members;
    List<CompletableFuture<RoomState>> served;
    synchronized (interest) {
      boolean hasNothingToSay =
          interest.waiting.isEmpty()
              && !interest.isWriteWanted
              && interest.members == interest.membersWritten;
      if (interest.isWriting || interest.isRemoved) {
        return;
      }
      if (hasNothingToSay) {
        if (interest.members == 0) {
          interest.isRemoved = true;
          interests.remove(interest.room, interest);
        }
        return;
      }
      interest.isWriting = true;
      interest.isWriteWanted = false;
      members = interest.members;
      served = interest.waiting;
      interest.waiting = new ArrayList<>(1);
    }
    writesUnderWay.incrementAndGet();
    if (isStopped) {
      onWriteEnded();
      return;
    }
    roomLog
        .watch(interest.room, node, members, versions.incrementAndGet())
        .whenComplete(
            (state, failure) -> {
              onWriteEnded();
              afterWrite(interest, members, served, state, failure);
            });
  }

  private void onWriteEnded() {
    writesUnderWay.decrementAndGet();
    endWhenIdle();
  }

  private void afterWrite(
      Interest interest,
      int members,
      List<CompletableFuture<RoomState>> served,
      RoomState state,
      Throwable failure) {
    boolean mayHaveLateWrite;
    synchronized (interest) {
      interest.isWriting = false;
      mayHaveLateWrite = interest.mayHaveLateWrite;
      interest.mayHaveLateWrite = failure != null;
      if (failure == null) {
        interest.membersWritten = members;
      } else {
        interest.waiting.addAll(served);
        interest.isWriteWanted = true;
      }
    }
    if (failure != null) {
      LOG.log(Level.DEBUG, () -> "room " + interest.room + " can't be watched yet: " + failure);
      scheduler.schedule(RETRY_DELAY_MS, () -> writeIfNeeded(interest));
      return;
    }
    if (mayHaveLateWrite) {
      scheduler.schedule(LATE_WRITE_MS, () -> writeAgain(interest.room));
    }
    served.forEach(waiting -> waiting.complete(state));
    boolean isUrgent;
    boolean hasChanged;
    synchronized (interest) {
      isUrgent = !interest.waiting.isEmpty() || interest.members == 0;
      hasChanged = interest.members != interest.membersWritten;
    }
    if (isUrgent) {
      writeIfNeeded(interest);
    } else if (hasChanged) {
      changed.add(interest);
    }
  }
}
