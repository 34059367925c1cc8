package io.snapper.core.delivery;

import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private final LaneContext context;
  private final Deliveries deliveries;
  private final Map<RoomName, LocalRoom> rooms = new HashMap<>();
  private final Map<RoomName, LocalRoom> roomsWithTail = new LinkedHashMap<>();

  /** What changes of membership mean for sessions. */
  interface Deliveries {
    void onBehind(Member member);

    void onMoved(LaneSession session);
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
    Position begin = session.notBeforeLeft(name, start);
    Member member = new Member(session, room, begin, isDurable);
    session.members.put(name, member);
    room.add(member);
    CompletionStage<Member> placed = member.whenPlaced();
    if (begin != start) {
      placed.thenAccept(there -> beginsInMailbox(there, start));
    }
    return placed;
  }

  private void attach(LocalRoom room) {
    context.whenDone(
        context.interests().attach(room.name(), context.index()),
        (state, failure) -> {
          // Failures are repeated by the interests; null is for a room that nobody is in any more.
          if (failure == null && rooms.get(room.name()) == room) {
            room.onState(state);
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
      if (member.isPlaced()) {
        member.session.rememberLeft(member.room.name(), member.acknowledgedPosition());
      }
      detach(member);
    }
  }

  private void detach(Member member) {
    LocalRoom room = member.room;
    room.remove(member);
    if (room.isEmpty()) {
      rooms.remove(room.name());
      roomsWithTail.remove(room.name());
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
  public void onFinished(Member member) {
    leave(member);
  }

  @Override
  public void onTailInUse(LocalRoom room) {
    // One that nobody is in any more may still be asked; it must not take the place of a new one.
    if (rooms.get(room.name()) == room) {
      roomsWithTail.put(room.name(), room);
    }
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
    if (session.isOpening()) {
      session.whileOpening.add(() -> onJoined(session, joined));
      return;
    }
    // One from before the claim is covered by the claim's answer, and may not be true any more.
    if (joined.fence() >= session.fence) {
      enter(session, joined.room(), joined.start());
    }
  }

  /**
   * The consumer is in the room by its mailbox, from {@code start} on unless it is there or is just
   * leaving. If it is there, it may have left and come back unheard.
   */
  void enter(LaneSession session, RoomName room, Position start) {
    Member member = session.members.get(room);
    if (member == null) {
      join(session, room, start, true);
      return;
    }
    member.whenPlaced().thenAccept(placed -> beginsInMailbox(placed, start));
    if (member.isLeaving()) {
      member.stay();
      // What came since the end that it had before has woken nobody for it.
      if (member.isBehind()) {
        deliveries.onBehind(member);
      }
    }
  }

  /** The mailbox is at {@code start}, and must learn of the place. */
  private void beginsInMailbox(Member placed, Position start) {
    placed.saved = start;
    onMoved(placed);
  }

  void onLeft(LaneSession session, Push.Left left) {
    session.membershipChanges++;
    if (session.isOpening()) {
      session.whileOpening.add(() -> onLeft(session, left));
      return;
    }
    Member member = session.members.get(left.room());
    if (member != null && left.fence() >= session.fence) {
      leaveAfter(member, left.until());
    }
  }

  /**
   * Takes the member out of its room once it has acknowledged everything up to {@code until}, and
   * what it was sent of later messages.
   */
  void leaveAfter(Member member, Position until) {
    if (member.session.members.get(member.room.name()) != member) {
      return;
    }
    member.endSought = null;
    if (!member.isPlaced()) {
      leaveOncePlaced(member, until);
    } else if (hasAll(member, until)) {
      leave(member);
    } else if (!member.epoch.equals(until.epoch())) {
      leaveOnceLocated(member, until);
    } else {
      member.until = until.offset();
      member.fetched.clear();
    }
  }

  private static boolean hasAll(Member member, Position until) {
    return member.epoch.equals(until.epoch())
        && member.acknowledged >= until.offset()
        && member.sent == member.acknowledged;
  }

  /** What was published between its coming and its leaving is due all the same. */
  private void leaveOncePlaced(Member member, Position until) {
    member.endSought = until;
    context.whenDone(
        member.whenPlaced(),
        (placed, failure) -> {
          if (member.endSought == until) {
            leaveAfter(member, until);
          }
        });
  }

  /** The log has got a new epoch, and the member or the leaving knows nothing of it yet. */
  private void leaveOnceLocated(Member member, Position until) {
    member.endSought = until;
    member.room.locate(
        until,
        found -> {
          if (member.endSought != until) {
            return;
          }
          if (found.isPresent() && found.get().epoch().equals(member.epoch)) {
            leaveAfter(member, found.get());
          } else if (!member.isOut()) {
            leave(member);
          }
        });
  }

  void countInto(MemoryCount count) {
    rooms.values().forEach(room -> room.countInto(count));
  }

  /** Gives back the memory of rooms that have been silent. Called about once a second. */
  void dropUnusedTails(long nowNanos) {
    roomsWithTail.values().removeIf(room -> room.dropTailIfUnused(nowNanos - TAIL_LIFE_NANOS));
  }
}
