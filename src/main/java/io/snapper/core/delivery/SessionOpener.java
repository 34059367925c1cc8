package io.snapper.core.delivery;

import io.snapper.core.error.CloseReason;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Opens one session: claims the mailbox, waits for the previous owner's last state, attaches the
 * rooms, counts the connection, then sends again what was in flight. Lives on the lane, for one
 * opening.
 */
final class SessionOpener {
  /** How long a previous owner may take to write its last state before it counts as dead, in ms. */
  static final long HANDOVER_TIMEOUT_MS = 1_000;

  private final LaneContext context;
  private final LaneSession session;
  private final Rooms rooms;
  private final CompletableFuture<ConsumerSession> result = new CompletableFuture<>();
  private boolean isHandoverAwaited;
  private Mailbox mailbox;

  /** What the opener needs of its lane. */
  interface Rooms {
    /**
     * Makes the session a member; the stage completes on the lane once the member has its place.
     */
    CompletionStage<Member> join(
        LaneSession session, RoomName room, Position start, boolean isDurable);

    /** The session is ready: {@code batch} goes out again first. */
    void resume(LaneSession session, Optional<Batch> batch);

    /** The opening failed or came too late. */
    void abandon(LaneSession session, CloseReason reason);

    /** The claim failed and may have succeeded nevertheless. */
    void claimUncertain(LaneSession session);
  }

  SessionOpener(LaneContext context, LaneSession session, Rooms rooms) {
    this.context = context;
    this.session = session;
    this.rooms = rooms;
  }

  LaneSession session() {
    return session;
  }

  CompletionStage<ConsumerSession> result() {
    return result;
  }

  /** Claims the mailbox; completes when the claim's answer has been treated. */
  CompletionStage<Void> start() {
    CompletableFuture<Void> claimed = new CompletableFuture<>();
    if (failedMeanwhile()) {
      claimed.complete(null);
      return claimed;
    }
    session.term = context.lease().term();
    context.whenDone(
        context
            .mailboxes()
            .claim(
                session.consumer(),
                session.identity().user(),
                session.identity().device(),
                context.node()),
        (claim, failure) -> {
          onClaim(claim, failure);
          claimed.complete(null);
        });
    return claimed;
  }

  private void onClaim(Claim claim, SnapperException failure) {
    if (failure != null) {
      if (!session.hasEnded()) {
        rooms.abandon(session, CloseReason.UNAVAILABLE);
      }
      rooms.claimUncertain(session);
      result.completeExceptionally(failure);
      return;
    }
    session.fence = claim.mailbox().fence();
    if (!claim.handoverPending()) {
      know(claim.mailbox());
    }
    if (session.hasEnded()) {
      rooms.abandon(session, CloseReason.CLIENT_GONE);
      fail("the connection has ended");
    } else if (session.fence < session.evictingFence) {
      session.isEvicted = true;
      rooms.abandon(session, CloseReason.TAKEN_OVER);
      fail("another node has taken over");
    } else if (claim.handoverPending()) {
      isHandoverAwaited = true;
      context.later(HANDOVER_TIMEOUT_MS, this::settle);
    } else {
      onMailbox();
    }
  }

  private void know(Mailbox complete) {
    mailbox = complete;
    session.isMailboxKnown = true;
    session.unresumed = complete.inFlight();
  }

  /** The previous owner has written its last state. */
  void onHandedOver() {
    settle();
  }

  private void settle() {
    if (!isHandoverAwaited || session.hasEnded()) {
      return;
    }
    isHandoverAwaited = false;
    context.whenDone(
        context.mailboxes().settle(session.consumer(), session.fence),
        (settled, failure) -> {
          if (failure != null) {
            giveUp(failure);
          } else if (failedMeanwhile()) {
            return;
          } else if (settled.fence() != session.fence) {
            // The handover that was waited for went to a later claim.
            rooms.abandon(session, CloseReason.TAKEN_OVER);
            fail("another node has taken over");
          } else {
            know(settled);
            onMailbox();
          }
        });
  }

  private void onMailbox() {
    RoomName userRoom = RoomName.ofUser(session.identity().user());
    List<CompletableFuture<?>> steps = new ArrayList<>();
    mailbox
        .cursors()
        .forEach(
            (room, position) -> {
              // Earlier versions let it be joined; two members of one room would get all twice.
              if (!room.equals(RoomName.EVERYONE)) {
                steps.add(rooms.join(session, room, position, true).toCompletableFuture());
              }
            });
    if (!mailbox.cursors().containsKey(userRoom)) {
      steps.add(
          rooms
              .join(session, userRoom, null, true)
              .thenCompose(member -> keepStart(member, userRoom))
              .toCompletableFuture());
    }
    steps.add(rooms.join(session, RoomName.EVERYONE, null, false).toCompletableFuture());
    steps.add(context.enterDirectory(session).thenApply(this::checkedOwner).toCompletableFuture());
    context.whenDone(
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)),
        (ignored, failure) -> {
          if (failure != null) {
            giveUp(failure);
          } else {
            onOpen();
          }
        });
  }

  /** A new mailbox begins at its room's end, and must begin there again if this node dies. */
  private CompletionStage<Boolean> keepStart(Member member, RoomName room) {
    Position start = member.acknowledgedPosition();
    member.saved = start;
    return context
        .mailboxes()
        .enter(session.consumer(), session.fence, room, start)
        .thenApply(this::checkedOwner);
  }

  /**
   * A mailbox that is given up while it has no start here would look like one that was lost, and
   * rooms that were left meanwhile would be entered again: the device begins anew.
   */
  private boolean checkedOwner(boolean isOurs) {
    if (!isOurs) {
      throw SnapperException.unavailable(
          "the mailbox of " + session.consumer() + " has changed hands while it was opened", null);
    }
    return true;
  }

  private void onOpen() {
    if (failedMeanwhile()) {
      return;
    }
    session.phase = LaneSession.Phase.RESTORING;
    session.whileOpening.forEach(Runnable::run);
    session.whileOpening.clear();
    result.complete(session);
    if (mailbox.inFlight().isEmpty()) {
      rooms.resume(session, Optional.empty());
      return;
    }
    new Restoration(context, session, mailbox.inFlight().get(), this::onRestored).start();
  }

  private void onRestored(Optional<Batch> batch, SnapperException failure) {
    if (failure != null) {
      rooms.abandon(session, CloseReason.UNAVAILABLE);
    } else {
      rooms.resume(session, batch);
    }
  }

  private boolean failedMeanwhile() {
    if (session.hasEnded()) {
      fail("the connection has ended");
      return true;
    }
    return false;
  }

  private void giveUp(SnapperException failure) {
    if (!session.hasEnded()) {
      rooms.abandon(session, CloseReason.UNAVAILABLE);
    }
    result.completeExceptionally(failure);
  }

  /** Ends the waiting of whoever asked for the session. */
  void fail(String why) {
    result.completeExceptionally(SnapperException.unavailable(why, null));
  }
}
