package io.snapper.testing.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.NodeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Which nodes live, in memory. */
final class InMemoryNodeRegistry implements NodeRegistry {
  private final StoreKernel kernel;
  private final Consumer<NodeId> forgetNode;
  private final Map<NodeId, Entry> nodes = new LinkedHashMap<>();
  private final Map<NodeId, NodeReport> removed = new HashMap<>();
  private final Map<NodeId, TakeOver> takeOvers = new HashMap<>();
  private final Set<RoomName> rooms = new HashSet<>();
  private final Set<NodeId> everSeen = new HashSet<>();

  InMemoryNodeRegistry(StoreKernel kernel, Consumer<NodeId> forgetNode) {
    this.kernel = kernel;
    this.forgetNode = forgetNode;
  }

  @Override
  public CompletionStage<Heartbeat> beat(NodeId node, NodeReport report, Duration lease) {
    return kernel.call(
        "NodeRegistry.beat",
        () -> {
          long nowMs = kernel.nowMs();
          Entry entry = nodes.get(node);
          boolean isFirst = everSeen.add(node);
          boolean wasExpired = !isFirst && (entry == null || entry.endsAtMs() <= nowMs);
          removed.remove(node);
          nodes.put(node, new Entry(nowMs + lease.toMillis(), report));
          kernel.witness().onLeaseRenewed(node, nowMs, nowMs + lease.toMillis());
          Set<NodeId> dead = new LinkedHashSet<>();
          nodes.forEach(
              (other, its) -> {
                if (its.endsAtMs() <= nowMs) {
                  dead.add(other);
                }
              });
          List<NodeId> expired = dead.stream().filter(other -> !isTakenOver(other, nowMs)).toList();
          return new Heartbeat(wasExpired, expired, dead);
        });
  }

  @Override
  public CompletionStage<Boolean> takeOver(NodeId deadNode, NodeId by, Duration lease) {
    return kernel.call(
        "NodeRegistry.takeOver",
        () -> {
          long nowMs = kernel.nowMs();
          Entry entry = nodes.get(deadNode);
          if (entry == null || entry.endsAtMs() > nowMs) {
            return false;
          }
          if (isTakenOver(deadNode, nowMs) && !takeOvers.get(deadNode).by().equals(by)) {
            return false;
          }
          takeOvers.put(deadNode, new TakeOver(by, nowMs + lease.toMillis()));
          return true;
        });
  }

  private boolean isTakenOver(NodeId deadNode, long nowMs) {
    TakeOver takeOver = takeOvers.get(deadNode);
    return takeOver != null && takeOver.endsAtMs() > nowMs;
  }

  @Override
  public CompletionStage<Void> remove(NodeId node) {
    return kernel.call(
        "NodeRegistry.remove",
        () -> {
          forgetNode.accept(node);
          Entry entry = nodes.remove(node);
          if (entry != null) {
            removed.put(node, entry.report());
          }
          takeOvers.remove(node);
          return null;
        });
  }

  @Override
  public CompletionStage<Void> countRooms(Collection<RoomName> names) {
    return kernel.call(
        "NodeRegistry.countRooms",
        () -> {
          rooms.addAll(names);
          return null;
        });
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    return kernel.call(
        "NodeRegistry.report",
        () -> {
          List<NodeReport> all = new ArrayList<>(removed.values());
          List<LiveNode> living = new ArrayList<>();
          nodes.forEach(
              (node, entry) -> {
                all.add(entry.report());
                if (entry.endsAtMs() > kernel.nowMs()) {
                  living.add(new LiveNode(node, entry.report()));
                }
              });
          return new ClusterReport(
              all.stream().mapToLong(NodeReport::producerMessages).sum(),
              all.stream().mapToLong(NodeReport::consumerMessages).sum(),
              all.stream().mapToLong(NodeReport::consumers).sum(),
              rooms.size(),
              List.copyOf(living));
        });
  }

  /** Forgets all nodes. Under the lock. */
  void wipe() {
    nodes.clear();
    removed.clear();
    takeOvers.clear();
    rooms.clear();
  }

  private record Entry(long endsAtMs, NodeReport report) {}

  private record TakeOver(NodeId by, long endsAtMs) {}
}
