package io.snapper.core.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Which nodes live, and what they counted. Time is the store's own. Each method is one atomic step,
 * unless it says otherwise.
 */
public interface NodeRegistry {
  /**
   * Renews the node's lease and replaces its counters (absolute values since its start).
   *
   * @return what the node should know
   */
  CompletionStage<Heartbeat> beat(NodeId node, NodeReport report, Duration lease);

  /**
   * Claims the clean-up of a node whose lease has ended, for as long as {@code lease}. Exactly one
   * of several callers wins; if the winner dies, too, another one wins after that time.
   */
  CompletionStage<Boolean> takeOver(NodeId deadNode, NodeId by, Duration lease);

  /**
   * Ends a node: adds its counters to the totals and removes every entry of it, its lease at last.
   * Doing it again changes nothing. A node that lives nevertheless finds its lease ended with its
   * next beat. Several steps.
   */
  CompletionStage<Void> remove(NodeId node);

  /** Adds to the estimate of how many rooms there have been. */
  CompletionStage<Void> countRooms(Collection<RoomName> rooms);

  /** Returns the sums over all nodes that live or have lived, and the living ones. */
  CompletionStage<ClusterReport> report();

  /**
   * The answer to a heartbeat.
   *
   * @param wasExpired whether the lease had ended before this beat (never at the first one):
   *     another node may have taken this node's consumers
   * @param expired the nodes whose lease has ended and that wait for somebody to clean up
   * @param dead all nodes whose lease has ended and that are not removed yet
   */
  record Heartbeat(boolean wasExpired, List<NodeId> expired, Set<NodeId> dead) {}

  /**
   * What a node says of itself.
   *
   * @param address host:port for people
   * @param producerMessages messages taken from producers
   * @param consumerMessages messages acknowledged by consumers
   * @param consumers connections that were opened
   * @param online connections that are open now
   */
  record NodeReport(
      String address, long producerMessages, long consumerMessages, long consumers, long online) {}

  /** The cluster's sums. {@code rooms} is an estimate; {@code nodes} are the living ones. */
  record ClusterReport(
      long producerMessages,
      long consumerMessages,
      long consumers,
      long rooms,
      List<LiveNode> nodes) {
    /** Returns the same with newer counters of one node. */
    public ClusterReport with(NodeId node, NodeReport now) {
      NodeReport before =
          nodes.stream()
              .filter(live -> live.node().equals(node))
              .map(LiveNode::report)
              .findFirst()
              .orElse(new NodeReport(now.address(), 0, 0, 0, 0));
      List<LiveNode> newer = new ArrayList<>(nodes);
      newer.removeIf(live -> live.node().equals(node));
      newer.add(new LiveNode(node, now));
      return new ClusterReport(
          producerMessages + now.producerMessages() - before.producerMessages(),
          consumerMessages + now.consumerMessages() - before.consumerMessages(),
          consumers + now.consumers() - before.consumers(),
          rooms,
          newer);
    }
  }

  /** A living node and its last report. */
  record LiveNode(NodeId node, NodeReport report) {}
}
