package io.snapper.core;

import io.snapper.core.delivery.LaneExecutor;
import io.snapper.core.delivery.Lanes;
import io.snapper.core.delivery.Lease;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.node.NodeKeeper;
import io.snapper.core.node.PushRouter;
import io.snapper.core.presence.PresenceReporting;
import io.snapper.core.presence.PresenceTeller;
import io.snapper.core.room.Publisher;
import io.snapper.core.room.RoomInterests;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.Stores;
import io.snapper.core.store.UserDirectory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The parts of one node, and how they start and end together. {@link Broker} is the way in.
 *
 * <p>Thread safe; the methods are those of the broker, where they are described.
 */
final class Node {
  private static final Logger LOG = System.getLogger(Node.class.getName());
  private static final long UPKEEP_INTERVAL_MS = 1_000;
  private static final int MAX_COUNTED_ROOMS = 10_000;

  private final NodeId id;
  private final BrokerOptions options;
  private final Stores stores;
  private final Scheduler scheduler;
  private final RoomInterests interests;
  private final Publisher publisher;
  private final Lanes lanes;
  private final NodeService service;
  private final PushRouter router;
  private final NodeKeeper keeper;
  private final Optional<PresenceTeller> presence;
  private final UserDirectory users;
  private final Set<RoomName> roomsToCount = ConcurrentHashMap.newKeySet();
  private volatile String startFailure;

  /** Creates a node that is not started; see {@link Broker}. */
  Node(
      NodeId id,
      BrokerOptions options,
      Stores stores,
      Scheduler scheduler,
      List<? extends LaneExecutor> laneExecutors,
      LongSupplier nanoTime,
      LongSupplier wallClockMs,
      Optional<PresenceReporting> presence) {
    this.id = id;
    this.options = options;
    this.stores = stores;
    this.scheduler = scheduler;
    this.interests = new RoomInterests(stores.roomLog(), id, scheduler);
    this.publisher =
        new Publisher(
            stores.roomLog(),
            stores.pushes()::partitionOf,
            id,
            scheduler,
            nanoTime,
            options.heldLimitBytes());
    Lease lease = new Lease();
    this.presence =
        presence.map(
            reporting ->
                new PresenceTeller(
                    id,
                    reporting.log(),
                    scheduler,
                    nanoTime,
                    options.lease(),
                    reporting.executor(),
                    reporting.listener()));
    this.users = this.presence.map(PresenceTeller::directory).orElse(stores.users());
    this.lanes =
        new Lanes(
            new Lanes.Parts(
                id,
                scheduler,
                nanoTime,
                wallClockMs,
                stores.roomLog(),
                stores.mailboxes(),
                users,
                interests,
                stores.pushes(),
                lease,
                options.delivery(),
                options.admission()),
            laneExecutors);
    this.service = new NodeService(lanes, scheduler, nanoTime);
    this.router = new PushRouter(id, stores.pushes(), lanes, interests, scheduler);
    this.keeper =
        new NodeKeeper(
            id,
            stores.nodes(),
            stores.mailboxes(),
            users,
            stores.pushes(),
            scheduler,
            nanoTime,
            lease,
            new NodeKeeper.Options(
                options.heartbeat(), options.lease(), options.delivery().mailboxLife()),
            this::report,
            new ContactListener());
  }

  private final class ContactListener implements NodeKeeper.Listener {
    @Override
    public void onContact() {
      publisher.onStoreAnswered();
    }

    @Override
    public void onLeaseLost() {
      router.resynchroniseAll();
      presence.ifPresent(PresenceTeller::lookEverywhere);
    }

    @Override
    public void onCleanedUp() {
      presence.ifPresent(PresenceTeller::lookEverywhere);
    }
  }

  CompletionStage<Void> start() {
    return stores
        .pushes()
        .open(id, router)
        .thenCompose(subscribed -> keeper.start())
        .thenAccept(
            leased -> {
              service.started();
              presence.ifPresent(PresenceTeller::lookEverywhere);
              scheduler.schedule(UPKEEP_INTERVAL_MS, this::upkeep);
            });
  }

  void startFailed(String why) {
    startFailure = why;
  }

  private void upkeep() {
    if (service.phase() == NodePhase.STOPPED) {
      return;
    }
    // First, so that a fault in the rest doesn't end it for good.
    scheduler.schedule(UPKEEP_INTERVAL_MS, this::upkeep);
    router.checkSequences();
    interests.flushCounts();
    countRooms();
  }

  private void countRooms() {
    List<RoomName> rooms = List.copyOf(roomsToCount);
    if (!rooms.isEmpty()) {
      rooms.forEach(roomsToCount::remove);
      stores.nodes().countRooms(rooms);
    }
  }

  /** Lets the room be counted among those that there have been. */
  void count(RoomName room) {
    if (roomsToCount.size() < MAX_COUNTED_ROOMS) {
      roomsToCount.add(room);
    }
  }

  void stop(Duration storeLimit) throws InterruptedException {
    service.stopped();
    awaitPublications(storeLimit);
    giveUpLease();
    stores.pushes().close();
    lanes.stop(2_000);
  }

  private void awaitPublications(Duration limit) throws InterruptedException {
    try {
      publisher.whenIdle().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException storeAway) {
      LOG.log(
          Level.ERROR,
          "the node stops with {0} messages that it has taken in and could not store; they may be"
              + " lost",
          Long.toString(publisher.unstoredMessages()));
    }
  }

  CompletionStage<Void> giveUp() {
    service.stopped();
    return presence
        .map(PresenceTeller::whenIdle)
        .orElse(CompletableFuture.completedFuture(null))
        .thenCompose(told -> interests.stop())
        .thenCompose(written -> lanes.drain(0))
        .thenCompose(this::giveUp);
  }

  /**
   * A node that is removed is dead to nobody, so nobody cleans up after it: what it could not write
   * of its consumers would stay on their users' lists for ever.
   */
  private CompletionStage<Void> giveUp(int consumersLeft) {
    if (consumersLeft == 0) {
      return keeper.stop();
    }
    keeper.leaveToOthers();
    return CompletableFuture.failedFuture(
        SnapperException.unavailable(
            "the last states of " + consumersLeft + " consumers are not written", null));
  }

  private void giveUpLease() throws InterruptedException {
    try {
      giveUp().toCompletableFuture().get(2, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      keeper.leaveToOthers();
      LOG.log(
          Level.INFO, "the node's entry stays until another node removes it: " + e.getMessage());
    }
  }

  NodeId id() {
    return id;
  }

  NodeService service() {
    return service;
  }

  Lanes lanes() {
    return lanes;
  }

  Publisher publisher() {
    return publisher;
  }

  NodeKeeper keeper() {
    return keeper;
  }

  UserDirectory users() {
    return users;
  }

  CompletionStage<NodeMemory> memory() {
    return lanes
        .memory()
        .thenApply(
            delivery ->
                new NodeMemory(
                    delivery, interests.size(), publisher.rooms(), publisher.heldBytes()));
  }

  NodeRegistry.NodeReport report() {
    return new NodeRegistry.NodeReport(
        options.address(),
        publisher.storedMessages(),
        lanes.acknowledgedMessages(),
        lanes.openedConnections(),
        lanes.openConnections());
  }

  List<String> obstacles() {
    List<String> obstacles = new ArrayList<>();
    if (startFailure != null) {
      obstacles.add(startFailure);
    } else if (service.phase() == NodePhase.STARTING) {
      obstacles.add("the node is starting and waits for its store");
    } else if (!service.isServing()) {
      obstacles.add("the node is " + service.phase());
    } else if (!keeper.isLeaseHeld()) {
      obstacles.add("the store has not answered for " + keeper.silenceMs() + " ms");
    } else if (stores.pushes().silentPartitions() > 0) {
      obstacles.add(
          stores.pushes().silentPartitions()
              + " of "
              + stores.pushes().partitions()
              + " subscriptions are silent");
    }
    return obstacles;
  }
}
