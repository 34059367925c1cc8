package io.snapper.core.delivery;

import io.snapper.core.error.CloseReason;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Which sessions of a lane are in which rooms, and the rooms themselves. Owned by the lane.
 *
 * <p>A room exists here from its first member to its last; the node's {@code RoomInterests} learn
 * of both.
 */
final class Memberships implements LocalRoom.Wakeups {
  private static final long TAIL_LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long READ_AGAIN_DELAY_MS = 1_000;

  private final LaneContext context;
  private final Deliveries deliveries;
  private final Map<RoomName, LocalRoom> rooms = new HashMap<>();
  private final Map<RoomName, LocalRoom> roomsWithTail = new LinkedHashMap<>();
  private final Map<RoomName, List<CompletableFuture<Void>>> attaching = new HashMap<>();

  /** What changes of membership mean for sessions. */
  interface Deliveries {
    void onBehind(Member member);

    void onMoved(LaneSession session);

    void end(LaneSession session, CloseReason reason);
  }

  Memberships(LaneContext context, Deliveries deliveries) {
    this.context = context;
    this.deliveries = deliveries;
  }

  /** Makes the session a member; the stage completes on the lane once the member has its place. */
  CompletionStage<Member> join(
      LaneSession session, RoomName name, Position start, boolean isDurable) {
    LocalRoom room = rooms.get(name);
    if (room == null) {
      room = new LocalRoom(name, context, this);
      rooms.put(name, room);
      attach(room);
    } else {
      context.interests().adjust(name, 1);
    }
    Member member = new Member(session, room, start, isDurable);
    session.members.put(name, member);
    room.add(member);
    if (member.isPlaced()) {
      return CompletableFuture.completedFuture(member);
    }
    CompletableFuture<Void> placed = new CompletableFuture<>();
    attaching.computeIfAbsent(name, key -> new ArrayList<>(1)).add(placed);
    return placed.thenApply(ignored -> member);
  }

  private void attach(LocalRoom room) {
    context.whenDone(
        context.interests().attach(room.name(), context.index()),
        (state, failure) -> {
          // Failures are repeated by the interests; null is for a room that nobody is in any more.
          if (failure == null && rooms.get(room.name()) == room) {
            room.onState(state);
            List<CompletableFuture<Void>> waiting = attaching.remove(room.name());
            if (waiting != null) {
              waiting.forEach(placed -> placed.complete(null));
            }
          }
        });
  }

  /** Takes an ended session out of all its rooms. */
  void leaveAll(LaneSession session) {
    session.members.values().forEach(this::detach);
    session.members.clear();
    session.queue.clear();
  }

  /** Takes the member out of its room at once. */
  void leave(Member member) {
    if (member.session.members.remove(member.room.name(), member)) {
      member.session.queue.remove(member);
      detach(member);
    }
  }

  private void detach(Member member) {
    LocalRoom room = member.room;
    room.remove(member);
    if (room.isEmpty()) {
      rooms.remove(room.name());
      roomsWithTail.remove(room.name());
      attaching.remove(room.name());
      context.interests().detach(room.name(), context.index());
    } else {
      context.interests().adjust(room.name(), -1);
    }
  }

  @Override
  public void onBehind(Member member) {
    deliveries.onBehind(member);
  }

  @Override
  public void onMoved(Member member) {
    if (member.isDurable) {
      deliveries.onMoved(member.session);
    }
  }

  @Override
  public void onTailInUse(LocalRoom room) {
    roomsWithTail.put(room.name(), room);
  }

  void onRoomMessages(Push.RoomMessages push) {
    LocalRoom room = rooms.get(push.room());
    if (room != null) {
      room.onPush(push);
    }
  }

  void onRoomState(RoomName name, RoomState state) {
    LocalRoom room = rooms.get(name);
    if (room != null) {
      room.onState(state);
    }
  }

  void onJoined(LaneSession session, Push.Joined joined) {
    session.membershipChanges++;
    if (session.phase == LaneSession.Phase.OPENING) {
      session.whileOpening.add(() -> onJoined(session, joined));
      return;
    }
    Member member = session.members.get(joined.room());
    if (member != null) {
      stay(member);
    } else {
      join(session, joined.room(), joined.start(), true);
    }
  }

  /** The consumer is in the room, also if it was to leave it. */
  private void stay(Member member) {
    member.until = Long.MAX_VALUE;
    // What came since the end that it had before has woken nobody for it.
    if (member.isBehind()) {
      deliveries.onBehind(member);
    }
  }

  void onLeft(LaneSession session, Push.Left left) {
    session.membershipChanges++;
    if (session.phase == LaneSession.Phase.OPENING) {
      session.whileOpening.add(() -> onLeft(session, left));
      return;
    }
    Member member = session.members.get(left.room());
    if (member == null) {
      return;
    }
    leaveAfter(member, left.until());
  }

  /** Takes the member out of its room once it has acknowledged everything up to {@code until}. */
  private void leaveAfter(Member member, Position until) {
    boolean hasAll =
        !member.isPlaced()
            || !member.epoch.equals(until.epoch())
            || member.acknowledged >= until.offset();
    if (hasAll) {
      leave(member);
    } else {
      member.until = until.offset();
      member.fetched.clear();
    }
  }

  /** Control messages may be lost: reads the mailbox again and does what they would have done. */
  void refresh(LaneSession session) {
    if (session.hasEnded()) {
      return;
    }
    if (session.phase == LaneSession.Phase.OPENING) {
      context.later(LaneExecutor.TICK_MS, () -> refresh(session));
      return;
    }
    if (session.isRefreshing) {
      // Two at once would each take for left what the other is about to enter.
      session.isRefreshWanted = true;
      return;
    }
    session.isRefreshing = true;
    int changesBefore = session.membershipChanges;
    context.whenDone(
        context.mailboxes().read(session.consumer()),
        (mailbox, failure) -> {
          if (failure != null) {
            context.later(READ_AGAIN_DELAY_MS, () -> refreshAgain(session));
          } else if (session.membershipChanges != changesBefore) {
            // What was read may be older than a push that came meanwhile.
            refreshAgain(session);
          } else if (!session.hasEnded()) {
            compare(session, mailbox);
          }
        });
  }

  private void refreshAgain(LaneSession session) {
    session.isRefreshing = false;
    session.isRefreshWanted = false;
    refresh(session);
  }

  private void endRefresh(LaneSession session) {
    if (session.isRefreshWanted) {
      refreshAgain(session);
    } else {
      session.isRefreshing = false;
    }
  }

  private void compare(LaneSession session, Optional<Mailbox> mailbox) {
    boolean isAbandoned =
        mailbox.isEmpty()
            || mailbox.get().fence() == session.fence && mailbox.get().owner().isEmpty();
    if (isAbandoned) {
      claimAgain(session);
      return;
    }
    if (mailbox.get().fence() != session.fence) {
      session.isEvicted = true;
      deliveries.end(session, CloseReason.TAKEN_OVER);
      return;
    }
    Map<RoomName, Position> cursors = mailbox.get().cursors();
    cursors.forEach(
        (room, position) -> {
          Member member = session.members.get(room);
          if (member == null) {
            join(session, room, position, true);
          } else if (member.until != Long.MAX_VALUE) {
            // It left and came back, and only the first push of the two was heard.
            stay(member);
          }
        });
    List<Member> left = new ArrayList<>(0);
    for (Member member : session.members.values()) {
      boolean isLeaving = member.until != Long.MAX_VALUE;
      if (member.isDurable && !isLeaving && !cursors.containsKey(member.room.name())) {
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
      endRefresh(session);
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
            context.later(READ_AGAIN_DELAY_MS, () -> refreshAgain(session));
          } else if (session.membershipChanges != changesBefore) {
            refreshAgain(session);
          } else {
            ends.forEach((member, state) -> leaveUnlessGone(member, state.join().end()));
            endRefresh(session);
          }
        });
  }

  private void leaveUnlessGone(Member member, Position until) {
    if (member.session.members.get(member.room.name()) == member) {
      leaveAfter(member, until);
    }
  }

  /**
   * The store has lost the mailbox, or gave it up for this node: what is in memory here is the
   * truth now.
   */
  private void claimAgain(LaneSession session) {
    context.whenDone(
        context
            .mailboxes()
            .claim(
                session.consumer(),
                session.identity().user(),
                session.identity().device(),
                context.node()),
        (claim, failure) -> {
          if (session.hasEnded()) {
            return;
          }
          if (failure != null) {
            context.later(READ_AGAIN_DELAY_MS, () -> refreshAgain(session));
            return;
          }
          session.fence = claim.mailbox().fence();
          RoomName userRoom = RoomName.ofUser(session.identity().user());
          enterAgain(session, claim.mailbox().cursors().containsKey(userRoom));
        });
  }

  /**
   * Puts what the store may not know any more under the new claim, and tries until all of it is
   * there: the mailbox alone would not show that something is missing.
   *
   * @param isContentKept whether the mailbox was given up, not lost
   */
  private void enterAgain(LaneSession session, boolean isContentKept) {
    if (session.hasEnded()) {
      return;
    }
    List<CompletableFuture<?>> steps = new ArrayList<>();
    for (Member member : session.members.values()) {
      if (!isContentKept && member.isDurable && member.isPlaced()) {
        steps.add(enter(session, member).toCompletableFuture());
      }
    }
    steps.add(context.enterDirectory(session).toCompletableFuture());
    context.whenDone(
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)),
        (done, failure) -> {
          if (failure != null) {
            context.later(READ_AGAIN_DELAY_MS, () -> enterAgain(session, isContentKept));
          } else if (isContentKept) {
            // Joins and leaves of meanwhile hold.
            refreshAgain(session);
          } else {
            endRefresh(session);
          }
        });
  }

  private CompletionStage<Boolean> enter(LaneSession session, Member member) {
    return context
        .mailboxes()
        .enter(
            session.consumer(), session.fence, member.room.name(), member.acknowledgedPosition());
  }

  /** Gives back the memory of rooms that have been silent. Called about once a second. */
  void dropUnusedTails(long nowNanos) {
    roomsWithTail.values().removeIf(room -> room.dropTailIfUnused(nowNanos - TAIL_LIFE_NANOS));
  }
}
