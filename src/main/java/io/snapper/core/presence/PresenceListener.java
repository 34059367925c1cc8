package io.snapper.core.presence;

import io.snapper.core.store.PresenceChange;

/** Hears who comes online and who goes. */
public interface PresenceListener {
  /**
   * A user came online or went. Called on one thread at a time, for each user in the order in which
   * it happened; the next change waits until it returns. If it throws, the change counts as told.
   *
   * <p>Each change is told by one node. It is told again, by another node and under the same
   * number, only if the first one died, or was cut off from the store for longer than its lease,
   * before it could say that it has told it.
   */
  void onChange(PresenceChange change);
}
