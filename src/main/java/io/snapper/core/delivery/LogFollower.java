package io.snapper.core.delivery;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Position;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.RoomState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Asks a room's log where it stands when pushes alone don't tell: reads what is missing, notices
 * that the log has lost its end or began anew, and gives it a new epoch if it has lost its end. One
 * question at a time; owned by the lane.
 */
final class LogFollower {
  private static final Logger LOG = System.getLogger(LogFollower.class.getName());
  private static final long RETRY_DELAY_MS = 500;

  private final LocalRoom room;
  private final LaneContext context;
  private final CommonPast past;
  private boolean isBusy;
  private boolean isWanted;

  LogFollower(LocalRoom room, LaneContext context, CommonPast past) {
    this.room = room;
    this.context = context;
    this.past = past;
  }

  /** Whether something is being asked: what the room knows may be out of date. */
  boolean isBusy() {
    return isBusy;
  }

  /** Compares the room with its log as it is after this call. */
  void ask() {
    if (isBusy) {
      isWanted = true;
    } else {
      isBusy = true;
      read();
    }
  }

  /** The log holds something else than before behind {@code fork}, under the present epoch. */
  void renew(long fork) {
    if (isBusy) {
      isWanted = true;
    } else {
      isBusy = true;
      renewNow(fork);
    }
  }

  /** From the known top on, so that it can be seen whether that is still the same message. */
  private void read() {
    read(Math.max(0, room.top() - 1));
  }

  private void read(long after) {
    isWanted = false;
    DeliveryOptions options = context.options();
    context.whenDone(
        context
            .roomLog()
            .read(room.name(), after, options.tailMessages() + 1, options.tailCharacters()),
        (page, failure) -> {
          if (failure != null) {
            again(this::read, failure);
          } else {
            onPage(page, after);
          }
        });
  }

  private void onPage(LogPage page, long after) {
    RoomState state = page.state();
    boolean isOther = !state.epoch().equals(room.epoch());
    if (isOther && state.isOfThisLog(room.epoch()) && room.isAtEndOf(state)) {
      room.onNewEpoch(state, state.end());
      finish();
    } else if (isOther || room.isContradictedBy(page)) {
      past.find(room.end(), this::onFound);
    } else {
      boolean isProgress = room.onPage(page);
      boolean isMore = state.top() > room.top();
      if (isProgress && isMore) {
        read();
      } else if (isMore && after < room.top()) {
        // The message at the top has filled the page.
        read(room.top());
      } else {
        finish();
      }
    }
  }

  private void onFound(RoomState state, Position same) {
    if (same == null) {
      room.beginAnew(state);
      finish();
    } else if (!state.epoch().equals(room.epoch())) {
      room.onNewEpoch(state, same);
      read();
    } else if (same.offset() < room.top()) {
      renewNow(same.offset());
    } else {
      finish();
    }
  }

  private void renewNow(long fork) {
    LOG.log(
        Level.WARNING,
        "room {0}: the store has lost messages after {1}, of those up to {2}",
        room.name(),
        fork,
        room.top());
    context.whenDone(
        context.roomLog().renewEpoch(room.name(), room.epoch(), fork),
        (state, failure) -> {
          if (failure != null) {
            again(() -> renewNow(fork), failure);
          } else {
            // Another node may have noticed first: then only the places here have to be found.
            read();
          }
        });
  }

  private void finish() {
    if (isWanted) {
      read();
      return;
    }
    isBusy = false;
    room.onSettled();
  }

  /** Also if the room has no members any more: somebody may wait until it is settled. */
  private void again(Runnable question, SnapperException failure) {
    LOG.log(
        Level.DEBUG, () -> "room " + room.name() + " can't be read yet: " + failure.getMessage());
    context.later(RETRY_DELAY_MS, question);
  }
}
