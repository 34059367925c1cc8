package io.snapper.faults;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.BatchExtent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A device that acknowledges everything at once, comes back when its connection ends, and hands a
 * batch to the application only if its id differs from the last one, as unmodified clients do.
 * Thread safe.
 */
final class Device {
  private static final long DAY_SECONDS = 86_400;
  private static final long PAUSE_BEFORE_RETURN_MS = 200;

  private final ConsumerIdentity identity;
  private final Supplier<RunningNode> nodes;

  // Guarded by this.
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<GapNotice> gaps = new ArrayList<>();
  private String lastBatch = "";
  private Connection connection;
  private int connections;
  private boolean isGone;

  /** A message that the application got. */
  record Arrival(String payload, long atNanos) {}

  private Device(String name, Supplier<RunningNode> nodes) {
    this.identity =
        new ConsumerIdentity(
            new ConsumerId(name),
            new UserId("user of " + name),
            DeviceKind.WEB,
            Instant.now().getEpochSecond() + DAY_SECONDS);
    this.nodes = nodes;
  }

  /** Connects; returns when the session is open. {@code nodes} says where to connect each time. */
  static Device connect(String name, Supplier<RunningNode> nodes) {
    Device device = new Device(name, nodes);
    device.open().orTimeout(10, TimeUnit.SECONDS).join();
    return device;
  }

  ConsumerId id() {
    return identity.consumer();
  }

  UserId user() {
    return identity.user();
  }

  /** Puts it into a room; returns when it is there. */
  Device in(RoomName room) {
    nodes
        .get()
        .broker()
        .join(room, id())
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
    return this;
  }

  private CompletableFuture<Void> open() {
    Connection opened = new Connection();
    synchronized (this) {
      if (isGone) {
        return CompletableFuture.completedFuture(null);
      }
      connection = opened;
      connections++;
    }
    return nodes
        .get()
        .broker()
        .connect(identity, opened, Optional.empty())
        .toCompletableFuture()
        .handle(
            (session, refusal) -> {
              if (refusal == null) {
                opened.opened(session);
              } else {
                comeBack(opened);
              }
              return null;
            });
  }

  private void comeBack(Connection ended) {
    synchronized (this) {
      if (connection != ended || isGone) {
        return;
      }
      connection = null;
    }
    CompletableFuture.delayedExecutor(PAUSE_BEFORE_RETURN_MS, TimeUnit.MILLISECONDS)
        .execute(this::open);
  }

  /** Breaks its connection and connects to what is the node now. */
  void reconnect() {
    Connection broken;
    synchronized (this) {
      broken = connection;
    }
    if (broken != null) {
      broken.end();
      comeBack(broken);
    }
  }

  /** Connects again after it has left; returns when the session is open. */
  void comeBack() {
    synchronized (this) {
      isGone = false;
    }
    open().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Does not come back, and leaves its connection to its node. */
  synchronized void leaveWithoutAWord() {
    isGone = true;
  }

  /** Leaves, until it is told to come back. */
  void leave() {
    Connection last;
    synchronized (this) {
      isGone = true;
      last = connection;
    }
    if (last != null) {
      last.end();
    }
  }

  synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  synchronized List<String> payloads() {
    return arrivals.stream().map(Arrival::payload).toList();
  }

  synchronized List<GapNotice> gaps() {
    return List.copyOf(gaps);
  }

  /** Returns how often it has connected. */
  synchronized int connections() {
    return connections;
  }

  /** Hands a batch to the application, unless it is the last one again. */
  private synchronized void take(Batch batch) {
    if (batch.id().equals(lastBatch)) {
      return;
    }
    lastBatch = batch.id();
    for (Message message : batch.messages()) {
      arrivals.add(new Arrival(message.payload(), System.nanoTime()));
    }
  }

  private final class Connection implements ConsumerConnection {
    private ConsumerSession session;
    private BatchExtent pending;

    private void opened(ConsumerSession open) {
      BatchExtent early;
      synchronized (this) {
        session = open;
        early = pending;
      }
      if (early != null) {
        open.acknowledge(early.id());
      }
    }

    private void end() {
      ConsumerSession open;
      synchronized (this) {
        open = session;
      }
      if (open != null) {
        open.disconnected(CloseReason.CLIENT_GONE);
      }
    }

    @Override
    public void deliver(Batch batch) {
      take(batch);
      ConsumerSession open;
      synchronized (this) {
        pending = batch.extent();
        open = session;
      }
      if (open != null) {
        open.acknowledge(batch.id());
      }
    }

    @Override
    public void notifyGap(GapNotice notice) {
      synchronized (Device.this) {
        gaps.add(notice);
      }
    }

    @Override
    public OptionalLong checkHeartbeat(long nowNanos) {
      return OptionalLong.of(nowNanos);
    }

    @Override
    public void close(CloseReason reason) {
      if (reason.isReconnectExpected()) {
        comeBack(this);
      }
    }
  }
}
