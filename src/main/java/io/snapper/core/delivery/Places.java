package io.snapper.core.delivery;

import io.snapper.core.message.Position;
import io.snapper.core.store.RoomState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Gives a room's members their places in its log, and other ones when it turns out that the log no
 * longer holds what they have had. Owned by the lane.
 */
final class Places {
  private final LocalRoom room;
  private final LocalRoom.Wakeups wakeups;
  private final CommonPast past;
  private final LogFollower follower;

  Places(LocalRoom room, LocalRoom.Wakeups wakeups, CommonPast past, LogFollower follower) {
    this.room = room;
    this.wakeups = wakeups;
    this.past = past;
    this.follower = follower;
  }

  /** Gives a member its place in the log. */
  void place(Member member) {
    Position start = member.saved;
    if (start == null) {
      start = room.end();
    }
    boolean isBelow = start.epoch().equals(room.epoch()) && start.offset() <= room.top();
    OptionalLong timeThere = isBelow ? room.timeAt(start.offset()) : OptionalLong.empty();
    if (isBelow && (timeThere.isEmpty() || start.timeMs() == 0)) {
      // Its next read of the log tells.
      settle(member, start);
      member.isChecked = false;
    } else {
      Position from = start;
      locate(from, found -> onLocated(member, from, found));
    }
  }

  private void onLocated(Member member, Position from, Optional<Position> found) {
    if (member.isOut()) {
      return;
    }
    if (found.isEmpty()) {
      restart(member, from.offset());
    } else {
      if (found.get().offset() < from.offset()) {
        room.notifyGap(member, found.get().offset() + 1, from.offset());
      }
      settle(member, found.get());
    }
    room.wakeIfBehind(member);
  }

  private void settle(Member member, Position place) {
    member.placeAt(place);
    member.isChecked = true;
    if (member.saved == null || !place.equals(member.saved)) {
      wakeups.onMoved(member);
    }
    room.wakeIfBehind(member);
  }

  /**
   * Calls {@code found} with the place in the present epoch up to which the log holds the same as
   * the holder of {@code position} has had, or with nothing if the log began anew since. If the
   * position is of the present epoch and the log holds something else there, it gets a new epoch
   * before.
   */
  void locate(Position position, Consumer<Optional<Position>> found) {
    if (!room.isKnown()) {
      room.whenSettled(() -> locate(position, found));
    } else if (isSameHere(position)) {
      found.accept(Optional.of(new Position(room.epoch(), position.offset(), position.timeMs())));
    } else {
      past.find(position, (state, place) -> onPlace(position, state, place, found));
    }
  }

  private boolean isSameHere(Position position) {
    if (!room.state().isOfThisLog(position.epoch())) {
      return false;
    }
    OptionalLong timeHere = room.timeAt(position.offset());
    return position.offset() == 0
        || timeHere.isPresent()
            && timeHere.getAsLong() == position.timeMs()
            && position.timeMs() != 0;
  }

  private void onPlace(
      Position position, RoomState state, Position place, Consumer<Optional<Position>> found) {
    boolean isOutdated =
        follower.isBusy() || !state.epoch().equals(room.epoch()) || isReplacedHere(place);
    if (isOutdated) {
      room.whenSettled(() -> locate(position, found));
      follower.ask();
    } else if (place != null
        && place.offset() < position.offset()
        && position.epoch().equals(room.epoch())) {
      room.whenSettled(() -> locate(position, found));
      follower.renew(place.offset());
    } else {
      found.accept(Optional.ofNullable(place));
    }
  }

  /** Returns whether the room still has another message at a place of the log. */
  private boolean isReplacedHere(Position place) {
    OptionalLong timeHere =
        place == null || place.timeMs() == 0 ? OptionalLong.empty() : room.timeAt(place.offset());
    return timeHere.isPresent() && timeHere.getAsLong() != place.timeMs();
  }

  /** The member's place may not be one of the log. */
  void relocate(Member member) {
    Object search = new Object();
    member.beginReading(search);
    member.isChecked = false;
    member.fetched.clear();
    Position place = member.sentPosition(member.epoch);
    locate(
        place,
        found -> {
          boolean isStillThere =
              member.endReading(search)
                  && !member.isOut()
                  && place.epoch().equals(member.epoch)
                  && place.offset() == member.sent;
          if (isStillThere && found.isPresent()) {
            move(member, found.get());
          } else if (isStillThere) {
            restart(member, place.offset());
          }
          room.wakeIfBehind(member);
        });
  }

  void move(Member member, Position kept) {
    member.isChecked = true;
    if (kept.epoch().equals(member.epoch)) {
      return;
    }
    long had = member.sent;
    if (member.until != Long.MAX_VALUE) {
      long until = room.state().mapped(member.epoch, member.until).orElse(kept.offset());
      member.until = kept.offset() < had ? Math.min(until, kept.offset()) : until;
    }
    if (had > kept.offset()) {
      tellReplaced(member, kept.offset() + 1, had);
    }
    member.moveTo(kept);
    wakeups.onMoved(member);
    if (member.isFinished()) {
      wakeups.onFinished(member);
    }
  }

  /** What is in flight may still be sent again as it is: the notice comes after it. */
  private void tellReplaced(Member member, long from, long to) {
    Batch inFlight = member.session.inFlight;
    boolean isInFlight =
        inFlight != null
            && inFlight.extent().segments().stream()
                .anyMatch(segment -> segment.room().equals(room.name()) && segment.to() >= from);
    if (member.lateGap != null) {
      GapNotice earlier = member.lateGap;
      member.lateGap =
          new GapNotice(
              room.name(),
              Math.min(from, earlier.from()),
              Math.max(to, earlier.to()),
              room.epoch());
    } else if (isInFlight) {
      member.lateGap = new GapNotice(room.name(), from, to, room.epoch());
    } else {
      room.notifyGap(member, from, to);
    }
  }

  void restart(Member member, long lastOffset) {
    room.notifyGap(member, lastOffset + 1, lastOffset);
    member.lateGap = null;
    settle(member, new Position(room.epoch(), 0));
  }
}
