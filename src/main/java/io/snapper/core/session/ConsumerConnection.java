package io.snapper.core.session;

import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import java.util.OptionalLong;

/**
 * A consumer's connection as the engine sees it; each edge has its own.
 *
 * <p>All methods are called on the thread of the consumer's lane and must return at once: they hand
 * bytes to the container, or keep them until it can take them, and never wait. None may throw: a
 * connection that can't be written to reports {@link ConsumerSession#disconnected}.
 */
public interface ConsumerConnection {
  /**
   * Sends a batch. There is no other one in flight; the same batch may come again after a time
   * without an answer. The answer is {@link ConsumerSession#acknowledge} or {@link
   * ConsumerSession#reject}.
   */
  void deliver(Batch batch);

  /** Tells the consumer, where its protocol can, that messages are lost to it. */
  void notifyGap(GapNotice notice);

  /**
   * Does what the protocol owes regularly (a ping that is due) and says whether the peer is alive.
   * Called within about a second after the time that the last call named, and at other times.
   *
   * @param nowNanos the lane's {@link System#nanoTime}
   * @return when the next call is due, on the same clock; empty if the peer has been silent for too
   *     long: the engine then closes
   */
  OptionalLong checkHeartbeat(long nowNanos);

  /** Closes the connection. Called at most once; the session takes no more calls after it. */
  void close(CloseReason reason);
}
