package io.snapper.core.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import java.util.concurrent.CompletionStage;

/**
 * The way from the store to this node: one channel for each of P partitions.
 *
 * <p>Within a partition pushes arrive in the order in which they were sent, each with the next
 * sequence number 1, 2, 3…; some may be lost. The store counts what it sent, so that a lost last
 * push can be found.
 */
public interface PushChannel extends AutoCloseable {
  /** Returns P. */
  int partitions();

  /** Returns the partition of a room, 0 to P-1. */
  int partitionOf(RoomName room);

  /** Returns the partition of a consumer, 0 to P-1. */
  int partitionOf(ConsumerId consumer);

  /**
   * Subscribes to all partitions' channels of {@code node}; completes when every one is subscribed.
   */
  CompletionStage<Void> open(NodeId node, Listener listener);

  /**
   * Returns for each partition the number of the last push that was sent to {@code node}, 0 if
   * there was none.
   */
  CompletionStage<long[]> sequences(NodeId node);

  /**
   * Returns how many partitions' pushes may not arrive at present: their subscription is not
   * confirmed, is broken, or nothing comes over it. The channel makes them work again by itself.
   */
  int silentPartitions();

  /** Ends all subscriptions. */
  @Override
  void close();

  /** Receives pushes on the store's threads, one at a time per partition; must not block. */
  interface Listener {
    void onPush(int partition, long sequence, Push push);

    /** The partition's subscription was lost and is back: pushes in between are gone. */
    void onResubscribed(int partition);
  }
}
