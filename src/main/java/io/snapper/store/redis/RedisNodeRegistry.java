package io.snapper.store.redis;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.NodeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.redisson.client.protocol.RedisCommands;

/** Which nodes live, on Redis; the keys of this port share one hash slot. */
final class RedisNodeRegistry implements NodeRegistry {
  /** How many rooms and consumers of a removed node one run of a script handles. */
  private static final int ENTRIES_PER_STEP = 500;

  /** How long a removed node may turn out to live, and take its counters back from the totals. */
  private static final Duration MEMORY_OF_REMOVED = Duration.ofDays(1);

  private final ScriptRunner scripts;
  private final RedisKeys keys;
  private final RedisStoreOptions.Retention retention;

  /** The nodes that have beaten through this registry: only a first beat can't be late. */
  private final Set<NodeId> seen = ConcurrentHashMap.newKeySet();

  RedisNodeRegistry(ScriptRunner scripts, RedisKeys keys, RedisStoreOptions.Retention retention) {
    this.scripts = scripts;
    this.keys = keys;
    this.retention = retention;
  }

  @Override
  public CompletionStage<Heartbeat> beat(NodeId node, NodeReport report, Duration lease) {
    boolean isFirst = !seen.contains(node);
    return scripts
        .run(
            LuaScript.NODE_BEAT,
            List.of(
                keys.leases(), keys.reports(), keys.takeovers(), keys.totals(), keys.removed(node)),
            node,
            written(report),
            lease.toMillis(),
            isFirst ? 1 : 0)
        .thenApply(
            reply -> {
              seen.add(node);
              List<Object> fields = Replies.list(reply);
              Set<NodeId> dead = new LinkedHashSet<>();
              List<NodeId> expired = new ArrayList<>();
              for (int at = 1; at < fields.size(); at += 2) {
                NodeId other = new NodeId(Replies.text(fields.get(at)));
                dead.add(other);
                if (Replies.isOne(fields.get(at + 1))) {
                  expired.add(other);
                }
              }
              return new Heartbeat(Replies.isOne(fields.get(0)), expired, dead);
            });
  }

  @Override
  public CompletionStage<Boolean> takeOver(NodeId deadNode, NodeId by, Duration lease) {
    return scripts
        .run(
            LuaScript.NODE_TAKE_OVER,
            List.of(keys.leases(), keys.takeovers()),
            deadNode,
            by,
            lease.toMillis())
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<Void> remove(NodeId node) {
    List<Integer> all = IntStream.range(0, keys.partitions()).boxed().toList();
    return forget(node, all)
        .thenCompose(
            done ->
                scripts.run(
                    LuaScript.NODE_REMOVE,
                    List.of(
                        keys.leases(),
                        keys.reports(),
                        keys.takeovers(),
                        keys.totals(),
                        keys.removed(node)),
                    node,
                    MEMORY_OF_REMOVED.toMillis()))
        .thenApply(reply -> null);
  }

  /**
   * Cleans partitions step by step. The node's own entry goes last: if this fails half-way, the
   * node is still there to be taken over again.
   */
  private CompletionStage<Void> forget(NodeId node, List<Integer> partitions) {
    if (partitions.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<ScriptRunner.Call> calls =
        partitions.stream().map(partition -> forgetCall(node, partition)).toList();
    return scripts
        .runAll(calls)
        .thenCompose(
            replies -> {
              List<Integer> unfinished = new ArrayList<>();
              for (int index = 0; index < replies.size(); index++) {
                if (Replies.number(replies.get(index)) > 0) {
                  unfinished.add(partitions.get(index));
                }
              }
              return forget(node, unfinished);
            });
  }

  private ScriptRunner.Call forgetCall(NodeId node, int partition) {
    return new ScriptRunner.Call(
        LuaScript.NODE_FORGET,
        List.of(
            keys.watchedRooms(partition, node),
            keys.owned(partition, node),
            keys.sequences(partition),
            keys.notes(node, partition)),
        node,
        keys.roomPrefix(partition),
        keys.watchersPrefix(partition),
        keys.consumerPrefix(partition),
        retention.roomLife().toMillis(),
        retention.mailboxLife().toMillis(),
        ENTRIES_PER_STEP);
  }

  @Override
  public CompletionStage<Void> countRooms(Collection<RoomName> rooms) {
    if (rooms.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return scripts
        .<Object>command(RedisCommands.PFADD, keys.roomEstimate(), rooms.toArray())
        .thenApply(reply -> null);
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    return scripts
        .run(
            LuaScript.NODES_REPORT,
            List.of(keys.leases(), keys.reports(), keys.totals(), keys.roomEstimate()))
        .thenApply(reply -> clusterReport(Replies.list(reply)));
  }

  private static ClusterReport clusterReport(List<Object> fields) {
    Map<String, Long> totals = new HashMap<>();
    int at = 2;
    for (long left = Replies.number(fields.get(1)); left > 0; left--) {
      totals.put(Replies.text(fields.get(at)), Replies.number(fields.get(at + 1)));
      at += 2;
    }
    long producerMessages = totals.getOrDefault("producerMessages", 0L);
    long consumerMessages = totals.getOrDefault("consumerMessages", 0L);
    long consumers = totals.getOrDefault("consumers", 0L);
    List<LiveNode> living = new ArrayList<>();
    for (; at < fields.size(); at += 3) {
      NodeReport report = report(Replies.text(fields.get(at + 2)));
      producerMessages += report.producerMessages();
      consumerMessages += report.consumerMessages();
      consumers += report.consumers();
      if (Replies.isOne(fields.get(at))) {
        living.add(new LiveNode(new NodeId(Replies.text(fields.get(at + 1))), report));
      }
    }
    return new ClusterReport(
        producerMessages,
        consumerMessages,
        consumers,
        Replies.number(fields.get(0)),
        List.copyOf(living));
  }

  private static String written(NodeReport report) {
    return report.address()
        + "\t"
        + report.producerMessages()
        + "\t"
        + report.consumerMessages()
        + "\t"
        + report.consumers()
        + "\t"
        + report.online();
  }

  private static NodeReport report(String written) {
    String[] fields = written.split("\t");
    return new NodeReport(
        fields[0],
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }
}
