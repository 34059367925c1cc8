package io.snapper.core.store;

import java.util.concurrent.CompletionStage;

/** Says whether the store answers. */
public interface StoreMonitor {
  /**
   * Completes when the store has answered, fails with {@code UNAVAILABLE} when it can't be reached.
   */
  CompletionStage<Void> ping();
}
