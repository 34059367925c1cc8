package io.snapper.testing.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PushChannel;
import java.util.concurrent.CompletionStage;

/** One node's way from the in-memory store. */
final class InMemoryPushChannel implements PushChannel {
  private final StoreKernel kernel;
  private NodeId node;
  private StoreKernel.Subscription subscription;

  InMemoryPushChannel(StoreKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public int partitions() {
    return kernel.partitions();
  }

  @Override
  public int partitionOf(RoomName room) {
    return kernel.partitionOf(room.value());
  }

  @Override
  public int partitionOf(ConsumerId consumer) {
    return kernel.partitionOf(consumer.value());
  }

  @Override
  public CompletionStage<Void> open(NodeId node, Listener listener) {
    return kernel.call(
        "PushChannel.open",
        () -> {
          this.node = node;
          subscription = kernel.subscribe(node, listener);
          return null;
        });
  }

  @Override
  public CompletionStage<long[]> sequences(NodeId node) {
    return kernel.call("PushChannel.sequences", () -> kernel.sequencesOf(node).clone());
  }

  @Override
  public int silentPartitions() {
    return kernel.locked(
        () -> subscription == null || subscription.isConnected() ? 0 : kernel.partitions());
  }

  @Override
  public void close() {
    kernel.locked(
        () -> {
          if (subscription != null) {
            kernel.unsubscribe(node, subscription);
            subscription = null;
          }
          return null;
        });
  }
}
