package io.snapper.core.node;

import io.snapper.core.Scheduler;
import io.snapper.core.delivery.Lanes;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.room.RoomInterests;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Receives this node's pushes, gives them to the lanes, and notices when some were lost: a number
 * that isn't the next one, a subscription that was away, or (checked once a second against the
 * store) a last push that never came. Then it resynchronises the partition: registers every room
 * there again, compares tops, and reads its consumers' mailboxes.
 *
 * <p>Thread safe; pushes come on the store's threads.
 */
public final class PushRouter implements PushChannel.Listener {
  private static final Logger LOG = System.getLogger(PushRouter.class.getName());

  /**
   * A push may be under way while the store's count is read: look again after this time before it
   * counts as lost.
   */
  private static final long SECOND_LOOK_DELAY_MS = 200;

  /**
   * Gaps come in crowds (a broken connection is 256 of them): collected for this time, then treated
   * together.
   */
  private static final long GATHER_DELAY_MS = 50;

  private static final int ROOMS_AT_ONCE = 256;

  private final NodeId node;
  private final PushChannel pushes;
  private final Lanes lanes;
  private final RoomInterests interests;
  private final Scheduler scheduler;
  private final AtomicLongArray received;
  private final BitSet uncertain = new BitSet();
  private final AtomicBoolean isResynchronising = new AtomicBoolean();
  private final AtomicBoolean isChecking = new AtomicBoolean();

  /** Creates a router; it works from {@link PushChannel#open} on. */
  public PushRouter(
      NodeId node, PushChannel pushes, Lanes lanes, RoomInterests interests, Scheduler scheduler) {
    this.node = node;
    this.pushes = pushes;
    this.lanes = lanes;
    this.interests = interests;
    this.scheduler = scheduler;
    this.received = new AtomicLongArray(pushes.partitions());
  }

  @Override
  public void onPush(int partition, long sequence, Push push) {
    long last = received.getAndSet(partition, sequence);
    // First the push: what it brings may close the hole, and it is the newest that there is.
    lanes.dispatch(push);
    if (sequence != last + 1) {
      LOG.log(
          Level.INFO,
          "partition {0}: push {1} came after {2}; resynchronising",
          partition,
          sequence,
          last);
      resynchronise(partition);
    }
  }

  @Override
  public void onResubscribed(int partition) {
    resynchronise(partition);
  }

  /**
   * Treats every partition as uncertain: this node was cut off, or another one may have cleaned up
   * after it.
   *
   * <p>The store may count anew since then, and reach an old number with pushes that never came: so
   * first its numbers are taken over, then everything before them is made good.
   */
  public void resynchroniseAll() {
    long[] receivedBefore = receivedNow();
    pushes
        .sequences(node)
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                scheduler.schedule(SECOND_LOOK_DELAY_MS, this::resynchroniseAll);
                return;
              }
              for (int partition = 0; partition < sent.length; partition++) {
                received.compareAndSet(partition, receivedBefore[partition], sent[partition]);
              }
              synchronized (uncertain) {
                uncertain.set(0, pushes.partitions());
              }
              scheduleResynchronisation();
            });
  }

  private long[] receivedNow() {
    long[] numbers = new long[received.length()];
    for (int partition = 0; partition < numbers.length; partition++) {
      numbers[partition] = received.get(partition);
    }
    return numbers;
  }

  /** Compares what came with what the store has sent. Called about once a second. */
  public void checkSequences() {
    if (!isChecking.compareAndSet(false, true)) {
      return;
    }
    long[] receivedBefore = receivedNow();
    pushes
        .sequences(node)
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                isChecking.set(false);
                return;
              }
              findLostCounts(receivedBefore, sent);
              if (isAnyMissing(sent)) {
                scheduler.schedule(SECOND_LOOK_DELAY_MS, () -> findLostPushes(sent));
              } else {
                isChecking.set(false);
              }
            });
  }

  /** More had come than the store says it has sent: it lost its end, or everything. */
  private void findLostCounts(long[] receivedBefore, long[] sent) {
    for (int partition = 0; partition < sent.length; partition++) {
      if (receivedBefore[partition] > sent[partition]) {
        LOG.log(Level.WARNING, "partition {0}: the store has lost its count", partition);
        received.compareAndSet(partition, receivedBefore[partition], sent[partition]);
        resynchronise(partition);
      }
    }
  }

  private boolean isAnyMissing(long[] sent) {
    for (int partition = 0; partition < sent.length; partition++) {
      if (received.get(partition) < sent[partition]) {
        return true;
      }
    }
    return false;
  }

  private void findLostPushes(long[] sentEarlier) {
    isChecking.set(false);
    for (int partition = 0; partition < sentEarlier.length; partition++) {
      long last = received.get(partition);
      if (last < sentEarlier[partition]) {
        LOG.log(
            Level.INFO,
            "partition {0}: push {1} was sent and only {2} came; resynchronising",
            partition,
            sentEarlier[partition],
            last);
        received.compareAndSet(partition, last, sentEarlier[partition]);
        resynchronise(partition);
      }
    }
  }

  private void resynchronise(int partition) {
    synchronized (uncertain) {
      uncertain.set(partition);
    }
    scheduleResynchronisation();
  }

  private void scheduleResynchronisation() {
    if (isResynchronising.compareAndSet(false, true)) {
      scheduler.schedule(GATHER_DELAY_MS, this::runResynchronisation);
    }
  }

  private void runResynchronisation() {
    BitSet partitions;
    synchronized (uncertain) {
      partitions = (BitSet) uncertain.clone();
      uncertain.clear();
    }
    lanes.consumersUncertain(partitions::get);
    Queue<RoomName> rooms =
        new ArrayDeque<>(interests.watchedRooms(room -> partitions.get(pushes.partitionOf(room))));
    int workers = Math.max(1, Math.min(ROOMS_AT_ONCE, rooms.size()));
    AtomicInteger left = new AtomicInteger(workers);
    for (int worker = 0; worker < workers; worker++) {
      refreshNext(rooms, left);
    }
  }

  /** Refreshes rooms one after the other; the last of the workers ends the run. */
  private void refreshNext(Queue<RoomName> rooms, AtomicInteger workersLeft) {
    RoomName room;
    synchronized (rooms) {
      room = rooms.poll();
    }
    if (room == null) {
      if (workersLeft.decrementAndGet() == 0) {
        endResynchronisation();
      }
      return;
    }
    interests
        .refresh(room)
        .whenComplete(
            (state, failure) -> {
              if (failure == null) {
                lanes.roomState(room, state);
              }
              scheduler.schedule(0, () -> refreshNext(rooms, workersLeft));
            });
  }

  private void endResynchronisation() {
    isResynchronising.set(false);
    boolean isMoreUncertain;
    synchronized (uncertain) {
      isMoreUncertain = !uncertain.isEmpty();
    }
    if (isMoreUncertain) {
      scheduleResynchronisation();
    }
  }
}
