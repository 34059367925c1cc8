package io.snapper.testing.engine;

import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import java.util.OptionalLong;

/**
 * A consumer that answers every batch at once and keeps nothing, so that it costs next to nothing.
 */
final class AnsweringConnection implements ConsumerConnection {
  private ConsumerSession session;

  void opened(ConsumerSession opened) {
    session = opened;
  }

  @Override
  public void deliver(Batch batch) {
    session.acknowledge(batch.id());
  }

  @Override
  public void notifyGap(GapNotice notice) {
    throw new AssertionError("lost: " + notice);
  }

  @Override
  public OptionalLong checkHeartbeat(long nowNanos) {
    return OptionalLong.of(nowNanos);
  }

  @Override
  public void close(CloseReason reason) {
    throw new AssertionError("closed: " + reason);
  }
}
