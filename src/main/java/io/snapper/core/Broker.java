package io.snapper.core;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.Published;
import io.snapper.core.store.UserDirectory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The broker as edges see it: the one way in.
 *
 * <p>Every method may be called on any thread and returns at once. Results complete on an engine
 * thread that must not be held; failures are {@link io.snapper.core.error.SnapperException}s,
 * possibly inside a {@link java.util.concurrent.CompletionException}.
 */
public interface Broker {
  NodeId node();

  /**
   * Connects a consumer. When the result completes, the consumer is in its rooms and counted, and a
   * message published from then on reaches it; deliveries may begin before. An earlier connection
   * of the same consumerId is closed.
   *
   * @param connection the way back to the consumer
   * @param previous another mailbox that the client held before; it expires soon if it is the same
   *     user's
   */
  CompletionStage<ConsumerSession> connect(
      ConsumerIdentity identity, ConsumerConnection connection, Optional<ConsumerId> previous);

  /**
   * Publishes texts to a room, in this order. Calls for one room are stored in the order in which
   * they were made on this node. Fails with {@code TOO_LARGE} if a payload is over the limit;
   * nothing is stored then.
   */
  CompletionStage<Published> publish(RoomName room, List<String> payloads, PublishOptions options);

  /** Publishes to one device, which need not be online. */
  CompletionStage<Published> publish(
      ConsumerId consumer, List<String> payloads, PublishOptions options);

  /**
   * Puts a consumer into a room; it gets what is published from then on. Returns whether that
   * changed something.
   */
  CompletionStage<Boolean> join(RoomName room, ConsumerId consumer);

  /**
   * Takes a consumer out of a room; if it is connected it still gets what was published before.
   * Returns whether that changed something.
   */
  CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer);

  /** Returns the user's open connections. */
  CompletionStage<List<UserDirectory.Connection>> connections(UserId user);

  /** Returns where a room stands and how many of its members are connected. */
  CompletionStage<RoomOverview> overview(RoomName room);

  /**
   * Returns retained messages with offsets above {@code afterOffset}.
   *
   * @param maxMessages 1 to 1000
   */
  CompletionStage<LogPage> messages(RoomName room, long afterOffset, int maxMessages);

  /** Closes a consumer's connection; its mailbox stays. Returns whether it was connected. */
  CompletionStage<Boolean> close(ConsumerId consumer);

  /** Closes all connections of a user. Returns how many there were. */
  CompletionStage<Integer> closeAll(UserId user);

  /** Returns the counters of all nodes. */
  CompletionStage<NodeRegistry.ClusterReport> statistics();

  /** Returns what keeps this node from serving; empty when it is ready. */
  List<String> obstacles();

  /** The longest payload, in bytes of UTF-8. */
  int messageLimitBytes();
}
