package io.snapper.core.store;

import io.snapper.core.message.Position;

/**
 * Where a room's log stands.
 *
 * @param epoch the random id of this life of the log
 * @param top the offset of the last message, 0 if there was none yet
 */
public record RoomState(String epoch, long top) {
  /** Returns the position behind the last message. */
  public Position end() {
    return new Position(epoch, top);
  }
}
