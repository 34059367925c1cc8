package io.snapper.simulation;

import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.simulation.Place.Kind;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connection between a device and a node: two ordered ways, each of which can break. */
final class SimulatedConnection implements ConsumerConnection {
  private static final long HEARTBEAT_TIMEOUT_MS = 4_000;

  private final Steps steps;
  private final SimulatedConsumer consumer;
  final SimulatedNode node;
  private final ArrayDeque<Runnable> toConsumer = new ArrayDeque<>();
  private final ArrayDeque<Consumer<ConsumerSession>> toNode = new ArrayDeque<>();
  private ConsumerSession session;
  private long silentSinceMs = Long.MAX_VALUE;
  private boolean isClosedByNode;
  private boolean isBroken;

  SimulatedConnection(Steps steps, SimulatedConsumer consumer, SimulatedNode node) {
    this.steps = steps;
    this.consumer = consumer;
    this.node = node;
  }

  /** The node's answer to the handshake. */
  void opened(ConsumerSession opened, Throwable refusal) {
    if (refusal == null) {
      session = opened;
      if (!toNode.isEmpty()) {
        planArrivalAtNode();
      }
      send("open", () -> consumer.onOpen(this));
    } else {
      isClosedByNode = true;
      send("refusal: " + refusal.getMessage(), () -> consumer.onClose(this));
    }
  }

  /** Returns whether the node has opened it and not closed it. */
  boolean isOpenAtNode() {
    return session != null && !isClosedByNode && node.isAlive();
  }

  @Override
  public void deliver(Batch batch) {
    consumer.model().onSent(node.id(), steps.nowMs(), "batch " + batch.id());
    send("batch " + batch.id(), () -> consumer.onBatch(this, batch.id(), batch.messages()));
  }

  @Override
  public void notifyGap(GapNotice notice) {
    consumer.model().onSent(node.id(), steps.nowMs(), notice.toString());
    consumer.onGapSent(notice);
    send(notice.toString(), () -> consumer.onGap(notice));
  }

  @Override
  public OptionalLong checkHeartbeat(long nowNanos) {
    long silentMs = Math.max(0, steps.nowMs() - silentSinceMs);
    return silentMs < HEARTBEAT_TIMEOUT_MS
        ? OptionalLong.of(nowNanos + TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_TIMEOUT_MS - silentMs))
        : OptionalLong.empty();
  }

  @Override
  public void close(CloseReason reason) {
    boolean isTokenValid = node.wallClockMs() / 1000 < consumer.identity.expiresAtEpochSecond();
    ConsumerModel.require(
        reason != CloseReason.TOKEN_EXPIRED || !isTokenValid, consumer + ": closed too early");
    isClosedByNode = true;
    send("close " + reason, () -> consumer.onClose(this));
  }

  private void send(String what, Runnable arrival) {
    toConsumer.add(arrival);
    steps.add(Kind.FRAME, consumer.place, "gets from " + node.place + ": " + what, this::arrive);
  }

  /** Frames arrive in order, whichever of the steps comes first. */
  private void arrive() {
    Runnable arrival = toConsumer.poll();
    if (arrival != null && !isBroken) {
      arrival.run();
    }
  }

  /** The device sends something. */
  void sendToNode(Consumer<ConsumerSession> frame) {
    toNode.add(frame);
    if (session != null) {
      planArrivalAtNode();
    }
  }

  private void planArrivalAtNode() {
    steps.add(Kind.FRAME, node.place, "gets a frame of " + consumer, this::arriveAtNode);
  }

  private void arriveAtNode() {
    Consumer<ConsumerSession> frame = toNode.poll();
    if (frame != null) {
      frame.accept(session);
      if (!toNode.isEmpty()) {
        planArrivalAtNode();
      }
    }
  }

  /**
   * The connection breaks.
   *
   * @param isNoticed whether the node learns of it, or has to find out by silence
   * @param lostFrames how many of the last frames to the node are lost
   */
  void cut(boolean isNoticed, int lostFrames) {
    isBroken = true;
    toConsumer.clear();
    silentSinceMs = steps.nowMs();
    for (int lost = 0; lost < lostFrames; lost++) {
      toNode.pollLast();
    }
    if (isNoticed) {
      sendToNode(opened -> opened.disconnected(CloseReason.CLIENT_GONE));
    } else {
      toNode.clear();
    }
  }

  /** The last frames to the node are lost, and nobody knows. */
  void loseFramesToNode(int count) {
    for (int lost = 0; lost < count; lost++) {
      toNode.pollLast();
    }
  }

  /** The node is gone: what it has sent may still arrive, and then the end. */
  void onNodeDied(int arriving) {
    while (toConsumer.size() > arriving) {
      toConsumer.pollLast();
    }
    send("end of connection", () -> consumer.onClose(this));
  }
}
