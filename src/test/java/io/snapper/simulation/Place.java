package io.snapper.simulation;

import java.util.EnumMap;
import java.util.Map;

/** Where something happens: a node, or a device. A place can die, or stand still for a while. */
final class Place {
  /** What can be ready. */
  enum Kind {
    /** A lane runs its tasks. */
    TURN,
    /** A lane's regular work. */
    TICK,
    /** Something that a node planned for later. */
    TIMER,
    /** A call reaches the store; its place is the caller's. */
    REQUEST,
    /** The store's answer reaches the caller. */
    ANSWER,
    /** A push reaches a node. */
    PUSH,
    /** A frame reaches the other end of a connection. */
    FRAME
  }

  private final String name;
  private final Map<Kind, Long> stalledUntilMs = new EnumMap<>(Kind.class);
  private boolean isDead;

  Place(String name) {
    this.name = name;
  }

  boolean isDead() {
    return isDead;
  }

  void die() {
    isDead = true;
  }

  /** Nothing of this kind happens here until then. */
  void stall(Kind kind, long untilMs) {
    stalledUntilMs.put(kind, untilMs);
  }

  /**
   * Everything stands still until then, as under SIGSTOP; what is on its way to the store goes on.
   */
  void stallAll(long untilMs) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.REQUEST) {
        stall(kind, untilMs);
      }
    }
  }

  void resume() {
    stalledUntilMs.clear();
  }

  /** Returns the end of the stall, 0 if there is none. */
  long stalledUntilMs(Kind kind) {
    return stalledUntilMs.isEmpty() ? 0 : stalledUntilMs.getOrDefault(kind, 0L);
  }

  @Override
  public String toString() {
    return name;
  }
}
