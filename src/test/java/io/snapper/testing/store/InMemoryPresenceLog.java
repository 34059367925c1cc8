package io.snapper.testing.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Who came online and who went, in memory. */
final class InMemoryPresenceLog implements PresenceLog, InMemoryUserDirectory.Recorder {
  private final StoreKernel kernel;
  private final InMemoryUserDirectory users;
  private final Duration changeLife;
  private final Map<Integer, Deque<PresenceChange>> changes = new HashMap<>();
  private final Map<Integer, Long> changesEndAtMs = new HashMap<>();
  private final Map<Integer, Teller> tellers = new HashMap<>();
  private long lastNumber;

  private record Teller(NodeId node, long endsAtMs) {}

  /**
   * Creates a log.
   *
   * @param changeLife how long a partition's changes wait to be told after the last one
   */
  InMemoryPresenceLog(StoreKernel kernel, InMemoryUserDirectory users, Duration changeLife) {
    this.kernel = kernel;
    this.changeLife = changeLife;
    this.users = users;
  }

  @Override
  public int partitions() {
    return kernel.partitions();
  }

  @Override
  public int partitionOf(UserId user) {
    return kernel.partitionOf(user.value());
  }

  @Override
  public CompletionStage<Outcome> enter(UserId user, Connection connection) {
    return kernel.call("UserDirectory.enter", () -> users.enter(user, connection, this));
  }

  @Override
  public CompletionStage<Outcome> leave(UserId user, ConsumerId consumer, long fence) {
    return kernel.call("UserDirectory.leave", () -> users.leave(user, consumer, fence, this));
  }

  @Override
  public CompletionStage<List<Connection>> connections(UserId user) {
    return users.connections(user);
  }

  @Override
  public void onChange(UserId user, boolean isOnline, Connection connection) {
    PresenceChange change =
        new PresenceChange(
            user, isOnline, ++lastNumber, kernel.nowMs(), connection.device(), connection.node());
    int partition = partitionOf(user);
    changesOf(partition).add(change);
    changesEndAtMs.put(partition, kernel.nowMs() + changeLife.toMillis());
    kernel.witness().onPresenceChange(change);
  }

  @Override
  public boolean hasChanges(UserId user) {
    return !changesOf(partitionOf(user)).isEmpty();
  }

  @Override
  public CompletionStage<List<Taken>> take(
      NodeId node, List<Request> requests, Duration lease, int maxChanges) {
    return kernel.call(
        "PresenceLog.take",
        () -> requests.stream().map(request -> take(node, request, lease, maxChanges)).toList());
  }

  private Taken take(NodeId node, Request request, Duration lease, int maxChanges) {
    Deque<PresenceChange> waiting = changesOf(request.partition());
    while (!waiting.isEmpty() && waiting.peekFirst().number() <= request.toldNumber()) {
      waiting.removeFirst();
    }
    Teller teller = tellers.get(request.partition());
    long heldMs = teller == null ? 0 : teller.endsAtMs() - kernel.nowMs();
    if (heldMs > 0 && !teller.node().equals(node)) {
      return new Taken(heldMs, List.of());
    }
    if (waiting.isEmpty()) {
      tellers.remove(request.partition());
      return new Taken(0, List.of());
    }
    tellers.put(request.partition(), new Teller(node, kernel.nowMs() + lease.toMillis()));
    return new Taken(0, waiting.stream().limit(maxChanges).toList());
  }

  private Deque<PresenceChange> changesOf(int partition) {
    Deque<PresenceChange> waiting =
        changes.computeIfAbsent(partition, unknown -> new ArrayDeque<>());
    if (changesEndAtMs.getOrDefault(partition, Long.MAX_VALUE) <= kernel.nowMs()) {
      waiting.clear();
    }
    return waiting;
  }

  /** Forgets all changes. Under the lock. */
  void wipe() {
    changes.clear();
    tellers.clear();
  }
}
