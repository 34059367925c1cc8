package io.snapper.core.store;

import io.snapper.core.message.Position;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where a room's log stands.
 *
 * @param epoch the random id of this life of the log
 * @param top the offset of the last message, 0 if there was none yet
 * @param topTimeMs when the last message was stored, in ms since 1970; 0 if there was none yet
 * @param lineage the epochs that this log had before it lost its end, oldest first, at most {@link
 *     #MAX_FORKS}
 */
public record RoomState(String epoch, long top, long topTimeMs, List<Fork> lineage) {
  /** So many earlier epochs of a log are known. */
  public static final int MAX_FORKS = 8;

  public RoomState {
    lineage = List.copyOf(lineage);
  }

  /** Creates the state of a log that has never lost its end. */
  public RoomState(String epoch, long top, long topTimeMs) {
    this(epoch, top, topTimeMs, List.of());
  }

  /**
   * An earlier epoch of a log.
   *
   * @param epoch its id
   * @param offset the last offset that holds the same message in it and in the epoch after it, as
   *     far as the node could tell that noticed the loss
   */
  public record Fork(String epoch, long offset) {}

  /** Returns the position of the last message. */
  public Position end() {
    return new Position(epoch, top, topTimeMs);
  }

  /** Returns whether {@code other} is this epoch or an earlier one of the same log. */
  public boolean isOfThisLog(String other) {
    return mapped(other, 0).isPresent();
  }

  /**
   * Returns up to where the present epoch holds what an earlier one held up to {@code offset}: the
   * lowest of the forks on the way. Empty if this log never had that epoch.
   */
  public OptionalLong mapped(String earlier, long offset) {
    if (earlier.equals(epoch)) {
      return OptionalLong.of(offset);
    }
    long lowest = offset;
    boolean isKnown = false;
    for (Fork fork : lineage) {
      isKnown |= fork.epoch().equals(earlier);
      if (isKnown) {
        lowest = Math.min(lowest, fork.offset());
      }
    }
    return isKnown ? OptionalLong.of(lowest) : OptionalLong.empty();
  }
}
