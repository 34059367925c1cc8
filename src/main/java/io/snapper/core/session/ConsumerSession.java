package io.snapper.core.session;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.error.CloseReason;

/**
 * A connected consumer as an edge sees it. Methods may be called on any thread, never wait, and do
 * nothing once the session has ended.
 */
public interface ConsumerSession {
  ConsumerIdentity identity();

  /**
   * The consumer has accepted the batch; the next one follows. An id that isn't in flight changes
   * nothing.
   */
  void acknowledge(String batchId);

  /** The consumer has refused the batch for now; it is sent again later, unchanged. */
  void reject(String batchId);

  /** The connection has ended on its own; what was not acknowledged waits in the mailbox. */
  void disconnected(CloseReason reason);
}
