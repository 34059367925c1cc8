package io.snapper.core.delivery;

import io.snapper.core.Scheduler;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.room.RoomInterests;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.RoomState;
import io.snapper.core.store.UserDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * All lanes of a node: the way in to them from any thread. Each consumer belongs to one lane, by
 * its partition: so what a lane writes at a time falls into few partitions, and a call writes
 * several mailboxes.
 *
 * <p>Thread safe; every method returns at once.
 */
public final class Lanes {
  private final List<Lane> lanes = new ArrayList<>();
  private final RoomInterests interests;
  private final PushChannel pushes;
  private final AtomicInteger drains = new AtomicInteger();

  /**
   * What the lanes of a node share.
   *
   * @param nanoTime the clock of deadlines
   * @param wallClockMs the clock of token expiry, in ms since 1970
   * @param lease says whether anything may go out
   * @param admission how many connections are opened at once on the node
   */
  public record Parts(
      NodeId node,
      Scheduler scheduler,
      LongSupplier nanoTime,
      LongSupplier wallClockMs,
      RoomLog roomLog,
      Mailboxes mailboxes,
      UserDirectory users,
      RoomInterests interests,
      PushChannel pushes,
      Lease lease,
      DeliveryOptions options,
      AdmissionOptions admission) {}

  /** Creates one lane for each executor, 1 to {@link RoomInterests#MAX_LANES}, and starts them. */
  public Lanes(Parts parts, List<? extends LaneExecutor> executors) {
    if (executors.isEmpty() || executors.size() > RoomInterests.MAX_LANES) {
      throw new IllegalArgumentException(
          executors.size() + " lanes; there must be 1 to " + RoomInterests.MAX_LANES);
    }
    this.interests = parts.interests();
    this.pushes = parts.pushes();
    for (LaneExecutor executor : executors) {
      Lane lane = new Lane(new LaneContext(lanes.size(), executors.size(), executor, parts));
      lanes.add(lane);
      executor.start(lane);
    }
  }

  /**
   * See {@link io.snapper.core.Broker#connect}. Cancelling the result ends the session, also one
   * that waits for its turn to be opened.
   */
  public CompletionStage<ConsumerSession> connect(
      ConsumerIdentity identity, ConsumerConnection connection) {
    CompletableFuture<ConsumerSession> result = new CompletableFuture<>();
    Lane lane = laneOf(identity.consumer());
    lane.executor().execute(() -> lane.onConnect(identity, connection, result));
    return result;
  }

  /** Gives a push to the lanes that it concerns. */
  public void dispatch(Push push) {
    if (push instanceof Push.RoomMessages messages) {
      boolean isWanted = forLanesIn(messages.room(), lane -> lane.onRoomMessages(messages));
      if (!isWanted) {
        interests.onUnwatchedPush(messages.room());
      }
    } else if (push instanceof Push.ForConsumer forConsumer) {
      Lane lane = laneOf(forConsumer.consumer());
      lane.executor().execute(() -> lane.onConsumerPush(forConsumer));
    }
  }

  /** Tells the lanes with members in the room where its log stands. */
  public void roomState(RoomName room, RoomState state) {
    forLanesIn(room, lane -> lane.onRoomState(room, state));
  }

  /** Makes all lanes read the mailboxes of their consumers in these partitions again. */
  public void consumersUncertain(IntPredicate partitions) {
    for (Lane lane : lanes) {
      lane.executor().execute(() -> lane.onConsumersUncertain(partitions));
    }
  }

  /**
   * Refuses new connections from now on and ends up to {@code count} of the open ones.
   *
   * @return how many consumers are left that are connected or whose last state is not written
   */
  public CompletionStage<Integer> drain(int count) {
    // Shares that add up to the count; what can't be divided goes to other lanes each time.
    int first = drains.getAndIncrement();
    CompletableFuture<Integer> left = CompletableFuture.completedFuture(0);
    for (int index = 0; index < lanes.size(); index++) {
      Lane lane = lanes.get(Math.floorMod(first + index, lanes.size()));
      int share = (count + lanes.size() - 1 - index) / lanes.size();
      CompletableFuture<Integer> leftInLane = new CompletableFuture<>();
      lane.executor().execute(() -> drain(lane, share, leftInLane));
      left = left.thenCombine(leftInLane, Integer::sum);
    }
    return left;
  }

  /** Takes connections again, after {@link #drain}. */
  public void resume() {
    lanes.forEach(lane -> lane.executor().execute(lane::onResume));
  }

  private static void drain(Lane lane, int count, CompletableFuture<Integer> left) {
    try {
      left.complete(lane.onDrain(count));
    } catch (RuntimeException | LinkageError fault) {
      left.completeExceptionally(fault);
      throw fault;
    }
  }

  /** Returns what the lanes hold in memory; each is counted on its thread. */
  public CompletionStage<DeliveryMemory> memory() {
    CompletionStage<DeliveryMemory> sum = null;
    for (Lane lane : lanes) {
      CompletionStage<DeliveryMemory> ofLane =
          CompletableFuture.supplyAsync(lane::onCount, lane.executor());
      sum = sum == null ? ofLane : sum.thenCombine(ofLane, DeliveryMemory::plus);
    }
    return sum;
  }

  /** Returns the number of open connections. */
  public long openConnections() {
    return lanes.stream().mapToLong(Lane::openConnections).sum();
  }

  /** Returns the number of connections that were ever opened. */
  public long openedConnections() {
    return lanes.stream().mapToLong(Lane::openedConnections).sum();
  }

  /** Returns the number of messages that consumers have acknowledged. */
  public long acknowledgedMessages() {
    return lanes.stream().mapToLong(Lane::acknowledgedMessages).sum();
  }

  /** Ends the lanes' threads; waits at most {@code timeoutMs} for each. */
  public void stop(long timeoutMs) throws InterruptedException {
    for (Lane lane : lanes) {
      lane.executor().stop(timeoutMs);
    }
  }

  private interface LaneTask {
    void run(Lane lane);
  }

  /** Returns whether there are such lanes. */
  private boolean forLanesIn(RoomName room, LaneTask task) {
    long lanesIn = interests.lanesOf(room);
    long mask = lanesIn;
    while (mask != 0) {
      Lane lane = lanes.get(Long.numberOfTrailingZeros(mask));
      lane.executor().execute(() -> task.run(lane));
      mask &= mask - 1;
    }
    return lanesIn != 0;
  }

  private Lane laneOf(ConsumerId consumer) {
    return lanes.get(pushes.partitionOf(consumer) % lanes.size());
  }
}
