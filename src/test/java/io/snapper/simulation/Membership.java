package io.snapper.simulation;

import java.util.ArrayList;
import java.util.List;

/** When a consumer was certainly in a room, as its back end knows from the results of its calls. */
final class Membership {
  /** A time in which it was certainly in the room; what was stored then must be delivered. */
  static final class Window {
    private final long from;
    private long until = Long.MAX_VALUE;
    private SimulatedConnection connectionAtEnd;

    private Window(long from) {
      this.from = from;
    }

    boolean contains(long step) {
      return from <= step && step < until;
    }

    boolean isOpen() {
      return until == Long.MAX_VALUE;
    }

    /**
     * Returns whether the consumer was connected when it left, and still is on the same connection:
     * then it gets everything from before.
     */
    boolean hasConnectionSinceEnd(SimulatedConnection connection) {
      return connectionAtEnd != null
          && connectionAtEnd == connection
          && connectionAtEnd.isOpenAtNode();
    }
  }

  private final List<Window> windows = new ArrayList<>();
  private long firstCall = Long.MAX_VALUE;
  private boolean isPossible;
  private boolean isUncertain;
  private long lastCall;
  private long forgottenAt = -1;

  /** A join was called: from now on messages may come. */
  void onJoinCalled(long step) {
    firstCall = Math.min(firstCall, step);
    lastCall = step;
    isPossible = true;
  }

  void onJoined(long step) {
    // A call that was under way when everything was lost may have come before that.
    boolean isKept = lastCall > forgottenAt;
    if (isKept && (windows.isEmpty() || !current().isOpen())) {
      windows.add(new Window(step));
    }
  }

  void onLeaveCalled(long step, SimulatedConnection connection) {
    if (isOpen()) {
      current().until = step;
      current().connectionAtEnd = connection;
    }
  }

  /** A leave has succeeded. */
  void onLeft() {
    isPossible = isUncertain;
  }

  /** A call has failed, and may take effect at any later time. */
  void onUncertain() {
    isUncertain = true;
    isPossible = true;
  }

  /** Everything was lost; what comes later depends on a new join. */
  void forget(long step) {
    onLeaveCalled(step, null);
    forgottenAt = step;
  }

  boolean isOpen() {
    return !windows.isEmpty() && current().isOpen();
  }

  /** Returns whether it was in the room more than once. */
  boolean hasBeenLeft() {
    return windows.size() > 1;
  }

  /** Returns whether it may be in the room now, as far as anybody outside can know. */
  boolean isPossible() {
    return isPossible;
  }

  boolean mayHave(long step) {
    return firstCall <= step;
  }

  /** Returns the window that makes a message that was stored at this step due, or null. */
  Window windowOf(long step) {
    for (Window window : windows) {
      if (window.contains(step)) {
        return window;
      }
    }
    return null;
  }

  private Window current() {
    return windows.get(windows.size() - 1);
  }
}
