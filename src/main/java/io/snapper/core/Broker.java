package io.snapper.core;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.delivery.LaneExecutor;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.PayloadRule;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.presence.PresenceReporting;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.Published;
import io.snapper.core.store.Stores;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The broker as edges see it: the one way in.
 *
 * <p>Every method may be called on any thread and returns at once. Results complete on an engine or
 * store thread that must not be held; failures are {@link SnapperException}s, possibly inside a
 * {@link java.util.concurrent.CompletionException}.
 */
public final class Broker {
  /** The most messages that one call of {@link #messages} returns. */
  public static final int MAX_MESSAGES_PER_PAGE = 1000;

  private static final long PAGE_BYTES = 4 << 20;

  /** The user's room, and the device's. */
  private static final int OWN_ROOMS = 2;

  private final BrokerOptions options;
  private final Stores stores;
  private final PayloadRule payloadRule;
  private final Node node;

  /**
   * Creates a node; it serves after {@link #start}.
   *
   * @param node a name that was never used before
   * @param stores the store
   * @param scheduler for everything that happens later
   * @param laneExecutors one for each lane; the broker starts and stops them
   * @param nanoTime the clock of deadlines
   * @param wallClockMs the clock of token expiry, in ms since 1970
   */
  public Broker(
      NodeId node,
      BrokerOptions options,
      Stores stores,
      Scheduler scheduler,
      List<? extends LaneExecutor> laneExecutors,
      LongSupplier nanoTime,
      LongSupplier wallClockMs) {
    this(node, options, stores, scheduler, laneExecutors, nanoTime, wallClockMs, Optional.empty());
  }

  /**
   * Creates a node that may also tell who comes online and who goes; it serves after {@link
   * #start}.
   *
   * @param presence how it tells that; if given, all nodes of the installation need one
   */
  public Broker(
      NodeId node,
      BrokerOptions options,
      Stores stores,
      Scheduler scheduler,
      List<? extends LaneExecutor> laneExecutors,
      LongSupplier nanoTime,
      LongSupplier wallClockMs,
      Optional<PresenceReporting> presence) {
    this.options = options;
    this.stores = stores;
    this.payloadRule = new PayloadRule(options.messageLimitBytes());
    this.node =
        new Node(node, options, stores, scheduler, laneExecutors, nanoTime, wallClockMs, presence);
  }

  /**
   * Subscribes and takes the lease; the node is ready when the result completes. May be called
   * again after a failure.
   */
  public CompletionStage<Void> start() {
    return node.start();
  }

  /** The node can't start as it is set up; {@link #obstacles} says why from now on. */
  public void startFailed(String why) {
    node.startFailed(why);
  }

  /**
   * Refuses new connections; {@link #obstacles} says so. What is open goes on until {@link #drain}.
   */
  public void refuseNewConnections() {
    node.service().refuseNewConnections();
  }

  /**
   * Releases all consumers in steps, so that other nodes are not stormed. If a drain is under way
   * it goes on as it was begun.
   *
   * @param consumersPerSecond 1 or more; it is more if they could not all be released within the
   *     limit otherwise
   * @return completes when every consumer's last state is written, or after {@code limit}, or by
   *     {@link #resume}
   */
  public CompletionStage<Void> drain(int consumersPerSecond, Duration limit) {
    return node.service().drain(consumersPerSecond, limit);
  }

  /**
   * Takes connections again, whether a drain is over or not. Returns false if the node has not
   * started, or was stopped.
   */
  public boolean resume() {
    return node.service().resume();
  }

  /** Returns where the node is between its start and its end. */
  public NodePhase phase() {
    return node.service().phase();
  }

  /**
   * Refuses publications, waits until those that were taken in are stored, for {@code storeLimit}
   * at most, tells who has gone, gives up the lease and ends the subscriptions and lanes; after
   * {@link #drain}. Waits a few seconds besides.
   */
  public void stop(Duration storeLimit) throws InterruptedException {
    node.stop(storeLimit);
  }

  /**
   * Serves nobody from now on, tells who has gone and gives up the lease: the part of {@link #stop}
   * that the other nodes see. The result completes when the store has done it, or fails; then the
   * others do it.
   */
  public CompletionStage<Void> giveUp() {
    return node.giveUp();
  }

  public NodeId node() {
    return node.id();
  }

  /** Returns host:port by which people know this node. */
  public String address() {
    return options.address();
  }

  /** Returns how many consumers are connected to this node. */
  public long consumers() {
    return node.lanes().openConnections();
  }

  /** Returns how many messages this node has taken in that are not stored yet. */
  public long unstoredMessages() {
    return node.publisher().unstoredMessages();
  }

  /** Returns whether {@link #connect} takes consumers now. */
  public boolean takesConsumers() {
    return node.service().isServing();
  }

  /** The longest payload, in bytes of UTF-8. */
  public int messageLimitBytes() {
    return options.messageLimitBytes();
  }

  /**
   * Connects a consumer. When the result completes, the consumer is in its rooms and counted, and a
   * message published from then on reaches it; deliveries may begin before. An earlier connection
   * of the same consumerId is closed. Only so many connections are opened at once; the others wait
   * in order, and further ones fail with {@code UNAVAILABLE}.
   *
   * <p>Whoever loses the client before that cancels the result ({@code toCompletableFuture()}).
   *
   * @param connection the way back to the consumer
   * @param previous another mailbox that the client held before; it expires soon if it is the same
   *     user's
   */
  public CompletionStage<ConsumerSession> connect(
      ConsumerIdentity identity, ConsumerConnection connection, Optional<ConsumerId> previous) {
    if (!node.service().isServing()) {
      return CompletableFuture.failedFuture(
          SnapperException.unavailable("the node is " + phase(), null));
    }
    previous
        .filter(consumer -> !consumer.equals(identity.consumer()))
        .ifPresent(
            consumer ->
                stores
                    .mailboxes()
                    .weaken(consumer, identity.user(), options.delivery().weakenedMailboxLife()));
    return node.lanes().connect(identity, connection);
  }

  /**
   * Publishes texts to a room, in this order. Calls for one room are stored in the order in which
   * they were made on this node. Fails with {@code TOO_LARGE} if a payload is over the limit;
   * nothing is stored then.
   */
  public CompletionStage<Published> publish(
      RoomName room, List<String> payloads, PublishOptions publishOptions) {
    Optional<SnapperException> refusal = refusalOf(payloads);
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    node.count(room);
    return node.publisher().publish(room, payloads, publishOptions);
  }

  private Optional<SnapperException> refusalOf(List<String> payloads) {
    return phase() == NodePhase.STOPPED
        ? Optional.of(SnapperException.unavailable("the node is stopped", null))
        : payloadRule.refusalOf(payloads);
  }

  /** Publishes to one device, which need not be online. */
  public CompletionStage<Published> publish(
      ConsumerId consumer, List<String> payloads, PublishOptions publishOptions) {
    Optional<SnapperException> refusal = refusalOf(payloads);
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    RoomName room = RoomName.ofConsumer(consumer);
    return join(room, consumer)
        .thenCompose(joined -> node.publisher().publish(room, payloads, publishOptions));
  }

  /**
   * Puts a consumer into a room; it gets what is published from then on. Returns whether that
   * changed something. Everybody is in {@link RoomName#EVERYONE}, which can't be joined.
   */
  public CompletionStage<Boolean> join(RoomName room, ConsumerId consumer) {
    if (room.equals(RoomName.EVERYONE)) {
      return CompletableFuture.failedFuture(
          SnapperException.invalid(
              "everybody is in " + RoomName.EVERYONE + "; it can't be joined"));
    }
    return stores
        .roomLog()
        .state(room)
        .thenCompose(
            state ->
                stores
                    .mailboxes()
                    .join(
                        consumer,
                        room,
                        state.end(),
                        options.delivery().mailboxLife(),
                        options.delivery().roomsPerConsumer() + OWN_ROOMS));
  }

  /**
   * Takes a consumer out of a room; if it is connected it still gets what was published before.
   * Returns whether that changed something.
   */
  public CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer) {
    return stores
        .roomLog()
        .state(room)
        .thenCompose(state -> stores.mailboxes().leave(consumer, room, state.end()));
  }

  /** Returns the user's open connections; none of a node whose lease has ended. */
  public CompletionStage<List<UserDirectory.Connection>> connections(UserId user) {
    return node.users()
        .connections(user)
        .thenApply(
            connections ->
                connections.stream()
                    .filter(connection -> !node.keeper().deadNodes().contains(connection.node()))
                    .toList());
  }

  /**
   * Returns where a room stands and how many of its members are connected; none of a node whose
   * lease has ended.
   */
  public CompletionStage<RoomOverview> overview(RoomName room) {
    return stores
        .roomLog()
        .state(room)
        .thenCombine(
            stores.roomLog().occupancy(room),
            (state, members) -> new RoomOverview(room, state, ofLivingNodes(members)));
  }

  private Map<NodeId, Integer> ofLivingNodes(Map<NodeId, Integer> members) {
    Map<NodeId, Integer> ofLiving = new HashMap<>(members);
    ofLiving.keySet().removeAll(node.keeper().deadNodes());
    return ofLiving;
  }

  /**
   * Returns retained messages with offsets above {@code afterOffset}.
   *
   * @param maxMessages 1 to {@link #MAX_MESSAGES_PER_PAGE}
   */
  public CompletionStage<LogPage> messages(RoomName room, long afterOffset, int maxMessages) {
    if (afterOffset < 0) {
      return CompletableFuture.failedFuture(
          SnapperException.invalid("offset " + afterOffset + " must not be negative"));
    }
    if (maxMessages < 1 || maxMessages > MAX_MESSAGES_PER_PAGE) {
      return CompletableFuture.failedFuture(
          SnapperException.invalid(
              "limit " + maxMessages + " must be 1 to " + MAX_MESSAGES_PER_PAGE));
    }
    return stores.roomLog().read(room, afterOffset, maxMessages, PAGE_BYTES);
  }

  /** Closes a consumer's connection; its mailbox stays. Returns whether it was connected. */
  public CompletionStage<Boolean> close(ConsumerId consumer) {
    return stores.mailboxes().requestClose(consumer);
  }

  /** Closes all connections of a user. Returns how many there were. */
  public CompletionStage<Integer> closeAll(UserId user) {
    return connections(user)
        .thenCompose(
            connections -> {
              List<CompletableFuture<Boolean>> closings = new ArrayList<>();
              connections.forEach(
                  connection -> closings.add(close(connection.consumer()).toCompletableFuture()));
              return CompletableFuture.allOf(closings.toArray(CompletableFuture[]::new))
                  .thenApply(
                      done -> (int) closings.stream().filter(CompletableFuture::join).count());
            });
  }

  /** Returns the counters of all nodes; this node's own are as of now. */
  public CompletionStage<NodeRegistry.ClusterReport> statistics() {
    return stores.nodes().report().thenApply(stored -> stored.with(node.id(), node.report()));
  }

  /** Returns what this node holds in memory. */
  public CompletionStage<NodeMemory> memory() {
    return node.memory();
  }

  /** Returns what keeps this node from serving; empty when it is ready. */
  public List<String> obstacles() {
    return node.obstacles();
  }
}
