package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.testing.store.RedisClusterProcesses;
import io.snapper.testing.store.RedisSentinelProcesses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A store whose Redis is laid out anew while it runs. */
class RedisTopologyIT {
  private static final NodeId NODE = new NodeId("node-a");
  private static final RoomName ROOM = new RoomName("room");
  private static final int PARTITIONS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Queue<String> payloads = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> resubscribed = new ConcurrentLinkedQueue<>();
  private long sequence;

  @Test
  void shouldFollowASlotToAnotherMasterOfACluster() {
    try (RedisClusterProcesses cluster = RedisClusterProcesses.start();
        RedisStore store =
            open(RedisStoreOptions.cluster(cluster.addresses()).withPassword(cluster.password()))) {
      PushChannel channel = subscribed(store);
      publish(store, "before");
      Awaitility.await().until(() -> payloads.contains("before"));
      int partition = channel.partitionOf(ROOM);
      int slot = HashSlots.slotOf(RedisKeys.tagOf(partition, PARTITIONS));
      int owner = slot * 3 / HashSlots.COUNT;

      cluster.moveSlot(slot, owner, (owner + 1) % 3);

      awaitPushOf(store, channel, "after");
      assertThat(resubscribed).contains(partition);
      assertThat(store.roomLog().read(ROOM, 0, 1, 10).toCompletableFuture().join().messages())
          .extracting(message -> message.payload())
          .containsExactly("before");
      channel.close();
    }
  }

  @Test
  void shouldLeaveNoAnswerOpenWhileAClusterIsDown() {
    try (RedisClusterProcesses cluster = RedisClusterProcesses.start();
        RedisStore store =
            open(RedisStoreOptions.cluster(cluster.addresses()).withPassword(cluster.password()))) {
      PushChannel channel = subscribed(store);

      cluster.master(2).kill();

      // First only the dead master's part fails, then the others answer CLUSTERDOWN; the partitions
      // of the first are named first.
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> failureOf(channel.sequences(NODE)).contains("CLUSTERDOWN"));
      cluster.master(2).restart();
      awaitPushOf(store, channel, "after");
      channel.close();
    }
  }

  /** Returns why the answer failed, or nothing; fails if it stays open. */
  private static String failureOf(CompletionStage<?> answer) {
    CompletableFuture<String> failure =
        answer
            .handle((result, cause) -> cause == null ? "" : rootOf(cause).toString())
            .toCompletableFuture();
    assertThat(failure).succeedsWithin(PATIENCE);
    return failure.join();
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }

  @Test
  void shouldFollowTheSentinelsToANewMaster() {
    try (RedisSentinelProcesses sentinels = RedisSentinelProcesses.start();
        RedisStore store =
            open(
                new RedisStoreOptions(
                    RedisStoreOptions.Layout.SENTINEL,
                    List.of(sentinels.address()),
                    Optional.of(RedisSentinelProcesses.MASTER_NAME),
                    Optional.empty(),
                    Optional.of(sentinels.password()),
                    "snp",
                    PARTITIONS,
                    Duration.ofSeconds(1),
                    4,
                    RedisStoreOptions.Retention.defaults()))) {
      PushChannel channel = subscribed(store);
      publish(store, "before");
      Awaitility.await().until(() -> payloads.contains("before"));

      sentinels.failOver();

      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                channel.sequences(NODE).toCompletableFuture().join();
                return Set.copyOf(resubscribed).size() == PARTITIONS;
              });
      awaitPushOf(store, channel, "after");
      channel.close();
    }
  }

  private static RedisStore open(RedisStoreOptions options) {
    return RedisStore.open(options.withPartitions(PARTITIONS), Thread::new);
  }

  private PushChannel subscribed(RedisStore store) {
    PushChannel channel = store.channel();
    channel
        .open(
            NODE,
            new PushChannel.Listener() {
              @Override
              public void onPush(int partition, long number, Push push) {
                ((Push.RoomMessages) push)
                    .messages()
                    .forEach(message -> payloads.add(message.payload()));
              }

              @Override
              public void onResubscribed(int partition) {
                resubscribed.add(partition);
              }
            })
        .toCompletableFuture()
        .join();
    store.roomLog().watch(ROOM, NODE, 1, 1).toCompletableFuture().join();
    return channel;
  }

  /** Does what a node does every second, and publishes, until a push arrives. */
  private void awaitPushOf(RedisStore store, PushChannel channel, String payload) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              channel.sequences(NODE).toCompletableFuture().join();
              store.roomLog().watch(ROOM, NODE, 1, 1).toCompletableFuture().join();
              publish(store, payload);
              return payloads.contains(payload);
            });
  }

  private void publish(RedisStore store, String payload) {
    sequence++;
    store
        .roomLog()
        .publish(new PublishRequest(ROOM, List.of(payload), NODE, sequence, null))
        .toCompletableFuture()
        .join();
  }
}
