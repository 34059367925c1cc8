package io.snapper.testing.engine;

import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.Message;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A consumer as unmodified clients behave: it answers every batch, and hands one to the application
 * only if its id differs from the last one. Answering can be switched off.
 */
public final class RecordingConnection implements ConsumerConnection {
  private final List<Batch> batches = new ArrayList<>();
  private final List<GapNotice> gaps = new ArrayList<>();
  private ConsumerSession session;
  private Throwable refusal;
  private CloseReason closeReason;
  private boolean isAnswering = true;
  private boolean isAlive = true;
  private long quietNanos;
  private int heartbeatChecks;

  void opened(ConsumerSession opened, Throwable failure) {
    session = opened;
    refusal = failure;
    answerPending();
  }

  @Override
  public void deliver(Batch batch) {
    batches.add(batch);
    answerPending();
  }

  private void answerPending() {
    if (isAnswering && session != null && !batches.isEmpty()) {
      session.acknowledge(batches.get(batches.size() - 1).id());
    }
  }

  @Override
  public void notifyGap(GapNotice notice) {
    gaps.add(notice);
  }

  @Override
  public OptionalLong checkHeartbeat(long nowNanos) {
    heartbeatChecks++;
    return isAlive ? OptionalLong.of(nowNanos + quietNanos) : OptionalLong.empty();
  }

  @Override
  public void close(CloseReason reason) {
    closeReason = reason;
  }

  /** Stops answering from now on. */
  public RecordingConnection silent() {
    isAnswering = false;
    return this;
  }

  /** Answers from now on, first what came last. */
  public void answering() {
    isAnswering = true;
    answerPending();
  }

  /** Says from now on that its heartbeat need not be checked for some time, not each second. */
  public RecordingConnection quietFor(long ms) {
    quietNanos = TimeUnit.MILLISECONDS.toNanos(ms);
    return this;
  }

  /** Returns how often its heartbeat was checked. */
  public int heartbeatChecks() {
    return heartbeatChecks;
  }

  /** Does not answer heartbeats from now on. */
  public void dead() {
    isAlive = false;
  }

  /** Breaks the connection. */
  public void disconnect() {
    session.disconnected(CloseReason.CLIENT_GONE);
  }

  public ConsumerSession session() {
    return session;
  }

  public Throwable refusal() {
    return refusal;
  }

  public CloseReason closeReason() {
    return closeReason;
  }

  public List<Batch> batches() {
    return batches;
  }

  public List<GapNotice> gaps() {
    return gaps;
  }

  /** Returns the texts of all batches, repeated ones included. */
  public List<String> received() {
    return batches.stream()
        .flatMap(batch -> batch.messages().stream())
        .map(Message::payload)
        .toList();
  }
}
