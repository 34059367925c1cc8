package io.snapper.boot;

import io.snapper.core.presence.PresenceReporting;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes an event of each {@link PresenceChange}: whoever has a method with a parameter
 * {@code @Observes PresenceChange} is told who comes online and who goes.
 *
 * <p>One node fires a change, on a thread of its own, and for each user in the order in which it
 * happened; observers hold up what comes after. If the node dies before it could say that it has
 * fired a change, another one fires it again under the same number.
 */
@OnePerNode
public class PresenceAnnouncer {
  private final Event<PresenceChange> event;
  private final Threads threads;
  private ExecutorService thread;

  @Inject
  public PresenceAnnouncer(Event<PresenceChange> event, Threads threads) {
    this.event = event;
    this.threads = threads;
  }

  /** Returns how the node is to tell what the log records. */
  synchronized PresenceReporting reporting(PresenceLog log) {
    if (thread == null) {
      thread = Executors.newSingleThreadExecutor(threads.named("presence"));
    }
    return new PresenceReporting(log, thread, event::fire);
  }

  /** Ends the thread; what it has not fired is left to other nodes. */
  @PreDestroy
  synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
    }
  }
}
