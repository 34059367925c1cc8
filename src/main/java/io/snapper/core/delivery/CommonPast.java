package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import io.snapper.core.message.Position;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.RoomState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Finds how far a room's log still holds what somebody had of it: whether the message at a position
 * is the one that was there, and if not, where the two part. Owned by the lane.
 *
 * <p>A log that has lost its end holds, behind that place, only messages that are younger than
 * everything that was lost with it: it takes the store longer to lose something and go on than the
 * clocks of its servers may differ. So the last message that isn't younger than the position's own
 * is the last one that both have, and that is a search by halves.
 */
final class CommonPast {
  private static final Logger LOG = System.getLogger(CommonPast.class.getName());
  private static final long RETRY_DELAY_MS = 500;

  private final LocalRoom room;
  private final LaneContext context;

  CommonPast(LocalRoom room, LaneContext context) {
    this.room = room;
    this.context = context;
  }

  /**
   * Calls {@code found} with the log's state and the place up to which it holds the same as the
   * holder of {@code position} has had, in the log's present epoch; with null if it is another log.
   * Asks again while the store is away, also if the room has no members any more: a batch in flight
   * may wait for the answer.
   */
  void find(Position position, BiConsumer<RoomState, Position> found) {
    readAt(Math.max(1, position.offset()), page -> onFirst(position, page, found));
  }

  private interface PageUse {
    void accept(LogPage page);
  }

  private void readAt(long offset, PageUse use) {
    context.whenDone(
        context.roomLog().read(room.name(), offset - 1, 1, 1),
        (page, failure) -> {
          if (failure == null) {
            use.accept(page);
          } else {
            LOG.log(Level.DEBUG, () -> "room " + room.name() + " can't be read yet: " + failure);
            context.later(RETRY_DELAY_MS, () -> readAt(offset, use));
          }
        });
  }

  private void onFirst(Position position, LogPage page, BiConsumer<RoomState, Position> found) {
    RoomState state = page.state();
    OptionalLong mapped = state.mapped(position.epoch(), position.offset());
    if (mapped.isEmpty()) {
      found.accept(state, null);
      return;
    }
    long offset = position.offset();
    boolean isTrimmed = offset <= state.top() && page.firstRetained() > offset;
    Message there = messageAt(page, offset);
    if (offset == 0 || there != null && there.publishedAtMs() == position.timeMs()) {
      found.accept(state, new Position(state.epoch(), offset, position.timeMs()));
    } else if (position.timeMs() == 0 || isTrimmed) {
      // Nothing to compare with: what a node has noticed earlier must do.
      long known = Math.min(mapped.getAsLong(), state.top());
      long timeMs = known == offset ? position.timeMs() : 0;
      found.accept(state, new Position(state.epoch(), known, timeMs));
    } else {
      // What is no longer retained counts as the same, as far as no other node knew better.
      long lastTrimmed = Math.max(0, page.firstRetained() - 1);
      search(
          position.timeMs(),
          new Position(state.epoch(), lastTrimmed),
          Math.min(offset - 1, state.top()),
          state,
          (newest, place) -> found.accept(newest, retained(place, lastTrimmed, mapped)));
    }
  }

  /** Up to {@code same} it is the same; what is behind {@code last} is not. */
  private void search(
      long timeMs,
      Position same,
      long last,
      RoomState state,
      BiConsumer<RoomState, Position> found) {
    if (same.offset() >= last) {
      Position place = last < same.offset() ? new Position(state.epoch(), last) : same;
      found.accept(state, new Position(state.epoch(), place.offset(), place.timeMs()));
      return;
    }
    long middle = (same.offset() + last + 1) >>> 1;
    readAt(
        middle,
        page -> {
          Message there = messageAt(page, middle);
          if (there == null && page.firstRetained() <= middle) {
            search(timeMs, same, Math.min(middle - 1, page.state().top()), page.state(), found);
          } else if (there == null || there.publishedAtMs() <= timeMs) {
            long at = there == null ? 0 : there.publishedAtMs();
            Position further = new Position(page.state().epoch(), middle, at);
            search(timeMs, further, last, page.state(), found);
          } else {
            search(timeMs, same, middle - 1, page.state(), found);
          }
        });
  }

  private static Position retained(Position place, long lastTrimmed, OptionalLong mapped) {
    boolean isBelow = place.offset() <= lastTrimmed && mapped.getAsLong() < place.offset();
    return isBelow ? new Position(place.epoch(), mapped.getAsLong()) : place;
  }

  private static Message messageAt(LogPage page, long offset) {
    boolean isThere = !page.messages().isEmpty() && page.messages().get(0).offset() == offset;
    return isThere ? page.messages().get(0) : null;
  }
}
