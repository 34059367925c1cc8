package io.snapper.core.delivery;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.error.CloseReason;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.MailboxUpdate;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * A single-threaded part of a node that owns some of its consumers: their sessions, and the rooms
 * that they are in.
 *
 * <p>Everything here runs on the lane's thread; see {@link Lanes} for the way in.
 */
final class Lane
    implements LaneExecutor.Work,
        SessionOpener.Rooms,
        Pump.Ending,
        Memberships.Deliveries,
        MailboxComparisons.Outcome {
  private static final long OPENING_TIMEOUT_MS = 10_000;

  /** The clock by which tokens end may jump: a session is looked at after this time in any case. */
  private static final long MAX_CHECK_INTERVAL_SECONDS = 10;

  private final LaneContext context;
  private final Pump pump;
  private final CursorWriter cursors;
  private final SessionCloser closer;
  private final Memberships memberships;
  private final MailboxComparisons comparisons;
  private final Admission admission;
  private final Map<ConsumerId, LaneSession> sessions = new HashMap<>();
  private final Map<ConsumerId, SessionOpener> openers = new HashMap<>();
  private final SessionRound round;
  private boolean isDraining;

  /** Read by other threads for statistics. */
  private volatile int openConnections;

  private volatile long acknowledgedMessages;
  private volatile long openedConnections;

  Lane(LaneContext context) {
    this.context = context;
    this.round = new SessionRound(context.nanoTime().getAsLong());
    this.cursors = new CursorWriter(context, this::onStale, sessions::get);
    this.pump = new Pump(context, cursors, this);
    this.memberships = new Memberships(context, this);
    this.comparisons = new MailboxComparisons(context, memberships, this);
    AdmissionOptions limits = context.shared().admission();
    this.admission =
        new Admission(
            context.shareOf(limits.concurrency()), context.shareOf(limits.queue()), this::begin);
    this.closer = new SessionCloser(context, sessions::containsKey);
  }

  LaneExecutor executor() {
    return context.executor();
  }

  int openConnections() {
    return openConnections;
  }

  long acknowledgedMessages() {
    return acknowledgedMessages;
  }

  long openedConnections() {
    return openedConnections;
  }

  void onConnect(
      ConsumerIdentity identity,
      ConsumerConnection connection,
      CompletableFuture<ConsumerSession> result) {
    context.assertOwner();
    if (isDraining) {
      result.completeExceptionally(SnapperException.unavailable("the node is shutting down", null));
      return;
    }
    if (admission.isFull()) {
      result.completeExceptionally(
          SnapperException.unavailable("too many connections wait to be opened", null));
      return;
    }
    LaneSession earlier = sessions.get(identity.consumer());
    LaneSession session = new LaneSession(this, identity, connection);
    if (earlier != null) {
      earlier.isSucceeded = true;
      end(earlier, CloseReason.TAKEN_OVER);
      session.inheritedFence = Math.max(earlier.fence, earlier.inheritedFence);
    }
    sessions.put(identity.consumer(), session);
    round.add(session);
    openConnections = sessions.size();
    openedConnections++;
    SessionOpener opener = new SessionOpener(context, session, this);
    openers.put(identity.consumer(), opener);
    opener
        .result()
        .whenComplete(
            (opened, failure) -> {
              openers.remove(identity.consumer(), opener);
              admission.leave(opener);
              if (failure == null) {
                result.complete(opened);
              } else {
                result.completeExceptionally(failure);
              }
            });
    admission.enter(opener);
    result.whenComplete(
        (opened, failure) -> {
          if (result.isCancelled()) {
            executor().execute(() -> leave(session));
          }
        });
  }

  private void begin(SessionOpener opener) {
    LaneSession session = opener.session();
    ConsumerId consumer = session.consumer();
    session.phase = LaneSession.Phase.OPENING;
    closer.whenIdle(consumer, () -> closer.await(consumer, opener.start()));
    context.later(OPENING_TIMEOUT_MS, () -> onOpeningTimeout(session, opener));
  }

  private void onOpeningTimeout(LaneSession session, SessionOpener opener) {
    boolean isUnderWay =
        session.phase == LaneSession.Phase.OPENING || session.phase == LaneSession.Phase.RESTORING;
    if (isUnderWay) {
      opener.fail("the store did not answer in time");
      end(session, CloseReason.UNAVAILABLE);
    }
  }

  void onAcknowledge(LaneSession session, String batchId) {
    context.assertOwner();
    if (!session.hasEnded()) {
      pump.onAcknowledge(session, batchId);
      acknowledgedMessages = pump.acknowledgedMessages();
    }
  }

  void onReject(LaneSession session, String batchId) {
    context.assertOwner();
    if (!session.hasEnded()) {
      pump.onReject(session, batchId);
    }
  }

  void onDisconnected(LaneSession session, CloseReason reason) {
    context.assertOwner();
    leave(session);
  }

  @Override
  public void abandon(LaneSession session, CloseReason reason) {
    if (session.hasEnded()) {
      // The claim came through after the end: what it took must be given back.
      lastWriteOf(session).run();
    } else {
      end(session, reason);
    }
  }

  @Override
  public void claimUncertain(LaneSession session) {
    closer.releaseIfOwned(session);
  }

  @Override
  public void resume(LaneSession session, Optional<Batch> batch) {
    pump.resume(session, batch);
    comparisons.onOpened(session);
  }

  @Override
  public void onCertain(LaneSession session) {
    pump.onCertain(session);
  }

  void onGap(LaneSession session, GapNotice notice) {
    context.assertOwner();
    pump.notifyGap(session, notice);
  }

  /** Ends a session and closes its connection. */
  @Override
  public void end(LaneSession session, CloseReason reason) {
    if (retire(session)) {
      // Before it is told that it was not opened: it would close without this reason.
      session.connection.close(reason);
      failOpening(session);
    }
  }

  private void leave(LaneSession session) {
    if (retire(session)) {
      failOpening(session);
    }
  }

  private boolean retire(LaneSession session) {
    if (session.hasEnded()) {
      return false;
    }
    // Before the phase changes: the last state needs the members' places.
    Runnable lastWrite = lastWriteOf(session);
    session.phase = LaneSession.Phase.ENDED;
    sessions.remove(session.consumer(), session);
    openConnections = sessions.size();
    round.remove(session);
    memberships.leaveAll(session);
    lastWrite.run();
    cursors.onEnded(session);
    pump.onEnded(session);
    return true;
  }

  private void failOpening(LaneSession session) {
    SessionOpener opener = openers.get(session.consumer());
    if (opener != null && !sessions.containsKey(session.consumer())) {
      opener.fail("the connection has ended");
    }
  }

  private Runnable lastWriteOf(LaneSession session) {
    boolean isSucceeded = hasSuccessor(session);
    if (session.fence == 0) {
      return isSucceeded || session.inheritedFence == 0
          ? () -> {}
          : () -> closer.closeInherited(session);
    }
    if (!session.isMailboxKnown) {
      return isSucceeded ? () -> {} : () -> closer.closeUnused(session);
    }
    session.isInFlightStored = session.inFlight != null;
    MailboxUpdate lastState = cursors.lastStateOf(session);
    return isSucceeded
        ? () -> closer.passOn(session, lastState)
        : () -> closer.close(session, lastState);
  }

  /** Returns whether another session of this node answers for what this one has claimed. */
  private boolean hasSuccessor(LaneSession session) {
    if (!session.hasEnded()) {
      return session.isSucceeded;
    }
    LaneSession successor = sessions.get(session.consumer());
    if (successor == null) {
      return false;
    }
    successor.inheritedFence = Math.max(successor.inheritedFence, session.fence);
    return true;
  }

  @Override
  public CompletionStage<Member> join(
      LaneSession session, RoomName room, Position start, boolean isDurable) {
    return memberships.join(session, room, start, isDurable);
  }

  @Override
  public void onStale(LaneSession session) {
    comparisons.request(session);
  }

  @Override
  public void finishLeave(Member member) {
    memberships.leave(member);
  }

  @Override
  public void onBehind(Member member) {
    pump.onBehind(member);
  }

  @Override
  public void onMoved(LaneSession session) {
    cursors.onMoved(session);
  }

  void onRoomMessages(Push.RoomMessages push) {
    context.assertOwner();
    memberships.onRoomMessages(push);
  }

  void onRoomState(RoomName name, RoomState state) {
    context.assertOwner();
    memberships.onRoomState(name, state);
  }

  void onConsumerPush(Push.ForConsumer push) {
    context.assertOwner();
    LaneSession session = sessions.get(push.consumer());
    if (session == null) {
      return;
    }
    if (push instanceof Push.Joined joined) {
      memberships.onJoined(session, joined);
    } else if (push instanceof Push.Left left) {
      memberships.onLeft(session, left);
    } else if (push instanceof Push.Evicted evicted) {
      onEvicted(session, evicted.fence());
    } else if (push instanceof Push.HandedOver handedOver) {
      SessionOpener opener = openers.get(push.consumer());
      if (opener != null && session.fence == handedOver.fence()) {
        opener.onHandedOver();
      }
    } else if (push instanceof Push.Orphaned orphaned) {
      if (session.fence <= orphaned.fence()) {
        comparisons.request(session);
      }
    } else if (push instanceof Push.CloseRequested) {
      end(session, CloseReason.CLOSED_BY_OPERATOR);
    }
  }

  private void onEvicted(LaneSession session, long newFence) {
    if (session.fence == 0) {
      // Whether it is this session's claim that was overtaken is known when the claim's answer
      // comes.
      session.evictingFence = Math.max(session.evictingFence, newFence);
    } else if (session.fence < newFence) {
      session.isEvicted = true;
      end(session, CloseReason.TAKEN_OVER);
    }
  }

  /**
   * Control messages of these partitions may be lost: reads the mailboxes of their consumers again.
   */
  void onConsumersUncertain(IntPredicate partitions) {
    context.assertOwner();
    for (LaneSession session : List.copyOf(sessions.values())) {
      if (partitions.test(context.pushes().partitionOf(session.consumer()))) {
        comparisons.request(session);
      }
    }
  }

  /** Counts what the lane holds. */
  DeliveryMemory onCount() {
    context.assertOwner();
    MemoryCount count = new MemoryCount();
    sessions.values().forEach(count::add);
    memberships.countInto(count);
    return count.result(openers.size(), closer.size(), pump.inFlightCharacters());
  }

  @Override
  public void onTurnEnd() {
    pump.onTurnEnd();
  }

  @Override
  public void onTick(long nowNanos) {
    cursors.onTick(nowNanos);
    long nowSeconds = context.wallClockMs().getAsLong() / 1000;
    if (round.onTick(nowNanos, session -> check(session, nowNanos, nowSeconds))) {
      memberships.dropUnusedTails(nowNanos);
    }
  }

  /** Does what is due for the session; returns when the next thing is. */
  private long check(LaneSession session, long nowNanos, long nowSeconds) {
    long secondsLeft = session.identity().expiresAtEpochSecond() - nowSeconds;
    if (secondsLeft <= 0) {
      end(session, CloseReason.TOKEN_EXPIRED);
      return nowNanos;
    }
    OptionalLong heartbeatNanos = session.connection.checkHeartbeat(nowNanos);
    if (heartbeatNanos.isEmpty()) {
      end(session, CloseReason.HEARTBEAT_TIMEOUT);
      return nowNanos;
    }
    long nextSeconds = Math.min(secondsLeft, MAX_CHECK_INTERVAL_SECONDS);
    long dueNanos = nowNanos + TimeUnit.SECONDS.toNanos(nextSeconds);
    dueNanos = earlier(dueNanos, heartbeatNanos.getAsLong());
    if (pump.onCheck(session, nowNanos)) {
      dueNanos = earlier(dueNanos, session.inFlightDeadlineNanos);
    }
    if (session.term != context.lease().term()) {
      if (!session.isOpening() && context.lease().isHeld(nowNanos)) {
        comparisons.request(session);
      }
      return nowNanos;
    }
    return dueNanos;
  }

  private static long earlier(long nanos, long otherNanos) {
    return nanos - otherNanos < 0 ? nanos : otherNanos;
  }

  @Override
  public void onDeadline(LaneSession session) {
    round.dueAt(session, session.inFlightDeadlineNanos);
  }

  /**
   * Ends up to {@code count} sessions; new ones are refused from now on. Returns how many are left.
   */
  int onDrain(int count) {
    context.assertOwner();
    isDraining = true;
    for (int ended = 0; ended < count && round.size() > 0; ended++) {
      end(round.any(), CloseReason.DRAINING);
    }
    return round.size() + closer.size();
  }

  /** New sessions are opened again. */
  void onResume() {
    context.assertOwner();
    isDraining = false;
  }
}
