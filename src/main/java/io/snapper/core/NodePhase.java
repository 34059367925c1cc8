package io.snapper.core;

import java.util.Locale;

/** Where a node is between its start and its end. */
public enum NodePhase {
  /** It waits for its store. */
  STARTING,
  /** It takes connections. */
  SERVING,
  /** It takes no connections and releases those that it has. */
  DRAINING,
  /** It has released all of them and could be stopped, or serve again. */
  DRAINED,
  /** It has ended. */
  STOPPED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
