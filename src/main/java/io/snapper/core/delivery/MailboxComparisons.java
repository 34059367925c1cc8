package io.snapper.core.delivery;

import io.snapper.core.error.CloseReason;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.RoomState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Compares sessions with their mailboxes after control messages may have been lost, or the node may
 * have lost the mailboxes, and does what the messages would have done: enters and leaves rooms,
 * claims again what was given up, ends what another node has taken. Owned by the lane.
 *
 * <p>A few are under way at a time: after a long silence all sessions of a node are compared.
 */
final class MailboxComparisons {
  /** Comparisons of a node that are under way at once. */
  private static final int AT_ONCE = 256;

  private static final long READ_AGAIN_DELAY_MS = 1_000;

  private final LaneContext context;
  private final Memberships memberships;
  private final Outcome outcome;
  private final int atOnce;
  private final ArrayDeque<LaneSession> waiting = new ArrayDeque<>();
  private int underWay;

  /** What a comparison means for its session. */
  interface Outcome {
    /** The mailbox was the session's own in the lease's term {@code session.term}. */
    void onCertain(LaneSession session);

    void end(LaneSession session, CloseReason reason);

    /** A claim may have come through for a session that can't use it. */
    void claimUncertain(LaneSession session);
  }

  MailboxComparisons(LaneContext context, Memberships memberships, Outcome outcome) {
    this.context = context;
    this.memberships = memberships;
    this.outcome = outcome;
    this.atOnce = context.shareOf(AT_ONCE);
  }

  /** Compares the session soon; one that is being opened is compared after that. */
  void request(LaneSession session) {
    if (session.hasEnded()) {
      return;
    }
    switch (session.comparison) {
      case NONE -> {
        if (session.isOpening()) {
          session.isComparisonWanted = true;
        } else {
          session.comparison = LaneSession.Comparison.WAITING;
          waiting.add(session);
          startWaiting();
        }
      }
      case WAITING -> {
        // It has not read anything yet.
      }
      // Two at once would each take for left what the other is about to enter.
      case UNDER_WAY -> session.isComparisonWanted = true;
    }
  }

  /** The session has been opened; what was asked for meanwhile is due. */
  void onOpened(LaneSession session) {
    if (session.isComparisonWanted || session.term != context.lease().term()) {
      session.isComparisonWanted = false;
      request(session);
    }
  }

  private void startWaiting() {
    while (underWay < atOnce && !waiting.isEmpty()) {
      LaneSession session = waiting.poll();
      underWay++;
      session.comparison = LaneSession.Comparison.UNDER_WAY;
      read(session);
    }
  }

  private void read(LaneSession session) {
    if (session.hasEnded()) {
      finish(session);
      return;
    }
    session.isComparisonWanted = false;
    int changesBefore = session.membershipChanges;
    long term = context.lease().term();
    context.whenDone(
        context.mailboxes().read(session.consumer()),
        (mailbox, failure) -> {
          if (failure != null) {
            readLater(session);
          } else if (session.membershipChanges != changesBefore) {
            // What was read may be older than a push that came meanwhile.
            read(session);
          } else if (session.hasEnded()) {
            finish(session);
          } else {
            compare(session, mailbox, term);
          }
        });
  }

  /** It keeps its place among those under way: a store that is away must not be asked by all. */
  private void readLater(LaneSession session) {
    context.later(READ_AGAIN_DELAY_MS, () -> read(session));
  }

  private void finish(LaneSession session) {
    if (session.isComparisonWanted && !session.hasEnded()) {
      read(session);
      return;
    }
    session.comparison = LaneSession.Comparison.NONE;
    underWay--;
    startWaiting();
  }

  private void compare(LaneSession session, Optional<Mailbox> mailbox, long term) {
    long fence = mailbox.map(Mailbox::fence).orElse(0L);
    boolean isOwned = mailbox.flatMap(Mailbox::owner).isPresent();
    boolean isOwnedHere =
        mailbox.flatMap(Mailbox::owner).filter(context.node()::equals).isPresent();
    boolean isFree = !isOwned && (fence == 0 || fence == session.fence);
    // A claim of this node whose answer was lost, with nobody in between.
    boolean isClaimedUnheard =
        isOwnedHere && (fence == session.fence + 1 || session.isClaimUnheard);
    if (isOwnedHere && fence == session.fence) {
      session.term = term;
      compareRooms(session, mailbox.get().cursors());
      outcome.onCertain(session);
    } else if (isFree || isClaimedUnheard) {
      session.isMailboxLost |= fence == 0;
      claimAgain(session, fence);
    } else {
      // A store that has lost the last claim may have given its number to another node.
      session.isEvicted = !isOwnedHere && fence >= session.fence;
      outcome.end(session, isOwnedHere ? CloseReason.UNAVAILABLE : CloseReason.TAKEN_OVER);
      if (isOwnedHere) {
        outcome.claimUncertain(session);
      }
      finish(session);
    }
  }

  private void compareRooms(LaneSession session, Map<RoomName, Position> cursors) {
    cursors.forEach((room, position) -> memberships.enter(session, room, position));
    List<Member> left = new ArrayList<>(0);
    for (Member member : session.members.values()) {
      if (member.isDurable && !member.isLeaving() && !cursors.containsKey(member.room.name())) {
        left.add(member);
      }
    }
    onLeftUnheard(session, left);
  }

  /**
   * The pushes that should have said where the members' messages end are lost: they end where the
   * logs end now, since what was published before the leaving is still due.
   */
  private void onLeftUnheard(LaneSession session, List<Member> left) {
    if (left.isEmpty()) {
      finish(session);
      return;
    }
    int changesBefore = session.membershipChanges;
    Map<Member, CompletableFuture<RoomState>> ends = new LinkedHashMap<>();
    left.forEach(
        member ->
            ends.put(member, context.roomLog().state(member.room.name()).toCompletableFuture()));
    context.whenDone(
        CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new)),
        (done, failure) -> {
          if (failure != null) {
            readLater(session);
          } else if (session.membershipChanges != changesBefore) {
            read(session);
          } else {
            ends.forEach((member, state) -> memberships.leaveAfter(member, state.join().end()));
            finish(session);
          }
        });
  }

  /**
   * The store has lost the mailbox, or gave it up for this node: what is in memory here is the
   * truth now, unless somebody else has claimed it since it was read.
   */
  private void claimAgain(LaneSession session, long fenceBefore) {
    context.whenDone(
        context
            .mailboxes()
            .claimUnchanged(
                session.consumer(),
                session.identity().user(),
                session.identity().device(),
                context.node(),
                fenceBefore),
        (claim, failure) -> {
          if (failure != null) {
            onClaimFailed(session);
          } else if (claim.isEmpty()) {
            read(session);
          } else if (session.hasEnded()) {
            // What the claim took must be given back.
            outcome.claimUncertain(session);
            finish(session);
          } else {
            session.isClaimUnheard = false;
            session.fence = claim.get().fence();
            enterAgain(session, claim.get().cursors());
          }
        });
  }

  private void onClaimFailed(LaneSession session) {
    session.isClaimUnheard = true;
    if (session.hasEnded()) {
      outcome.claimUncertain(session);
      finish(session);
    } else {
      readLater(session);
    }
  }

  /**
   * Puts what the store may not know any more under the new claim, and tries until all of it is
   * there: the mailbox alone would not show that something is missing.
   *
   * @param known the rooms that the claimed mailbox has
   */
  private void enterAgain(LaneSession session, Map<RoomName, Position> known) {
    if (session.hasEnded()) {
      finish(session);
      return;
    }
    long term = context.lease().term();
    if (session.isMailboxLost) {
      known.forEach((room, position) -> memberships.enter(session, room, position));
    }
    List<CompletableFuture<?>> steps = new ArrayList<>();
    session.members.values().stream()
        .filter(member -> isMissing(member, known))
        .forEach(member -> steps.add(store(session, member)));
    steps.add(context.enterDirectory(session).toCompletableFuture());
    context.whenDone(
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)),
        (done, failure) -> onEntered(session, known, term, failure));
  }

  /**
   * What a mailbox that was only given up doesn't have was left meanwhile; but the user's room is
   * put into it by the node, which may not have come to that.
   */
  private static boolean isMissing(Member member, Map<RoomName, Position> known) {
    RoomName room = member.room.name();
    LaneSession session = member.session;
    boolean isHere = member.isDurable && member.isPlaced() && !member.isLeaving();
    return isHere
        && !known.containsKey(room)
        && (session.isMailboxLost || room.equals(RoomName.ofUser(session.identity().user())));
  }

  private CompletableFuture<Boolean> store(LaneSession session, Member member) {
    return context
        .mailboxes()
        .enter(session.consumer(), session.fence, member.room.name(), member.acknowledgedPosition())
        .toCompletableFuture();
  }

  private void onEntered(
      LaneSession session, Map<RoomName, Position> known, long term, SnapperException failure) {
    if (failure != null) {
      context.later(READ_AGAIN_DELAY_MS, () -> enterAgain(session, known));
    } else if (session.isMailboxLost && !session.hasEnded()) {
      session.isMailboxLost = false;
      session.term = term;
      finish(session);
      outcome.onCertain(session);
    } else {
      // Joins and leaves of meanwhile hold.
      read(session);
    }
  }
}
