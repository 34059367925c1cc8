package io.snapper.testing.engine;

import io.snapper.core.Broker;
import io.snapper.core.BrokerOptions;
import io.snapper.core.NodeMemory;
import io.snapper.core.PublishOptions;
import io.snapper.core.Scheduler;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.delivery.DeliveryMemory;
import io.snapper.core.delivery.DeliveryOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.presence.PresenceListener;
import io.snapper.core.presence.PresenceReporting;
import io.snapper.core.store.Published;
import io.snapper.core.store.Stores;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A real broker on a store in memory, driven by a hand-moved clock. */
public final class TestNode {
  private final HandMovedTime time;
  private final InMemoryStore store;
  private final List<HandDrivenLane> lanes;
  private final Timers timers;
  private final Broker broker;

  private TestNode(
      HandMovedTime time,
      InMemoryStore store,
      List<HandDrivenLane> lanes,
      Timers timers,
      Broker broker) {
    this.time = time;
    this.store = store;
    this.lanes = lanes;
    this.timers = timers;
    this.broker = broker;
  }

  /** The node's timers, which end or stand still with it. */
  private static final class Timers implements Scheduler {
    private final HandMovedTime time;
    private final List<Runnable> missed = new ArrayList<>();
    private boolean isAlive = true;
    private boolean isStandingStill;

    Timers(HandMovedTime time) {
      this.time = time;
    }

    @Override
    public void schedule(long delayMs, Runnable task) {
      time.schedule(delayMs, () -> run(task));
    }

    private void run(Runnable task) {
      if (isStandingStill) {
        missed.add(task);
      } else if (isAlive) {
        task.run();
      }
    }

    void goOn() {
      isStandingStill = false;
      missed.forEach(task -> schedule(0, task));
      missed.clear();
    }
  }

  /** Stops the node where it is, as SIGSTOP does: what comes waits, timers don't fire. */
  public void standStill() {
    timers.isStandingStill = true;
    lanes.forEach(lane -> lane.setStandingStill(true));
  }

  /** Lets the node go on: its lanes are the first to run. */
  public void goOn() {
    lanes.forEach(lane -> lane.setStandingStill(false));
    lanes.forEach(HandDrivenLane::runTurn);
    timers.goOn();
    time.settle();
  }

  /** Ends the node at once, as kill -9 does: nothing is written, nobody is told. */
  public void kill() {
    timers.isAlive = false;
    store.disconnect(broker.node());
    lanes.forEach(lane -> lane.stop(0));
  }

  public static TestNode start(
      String name, InMemoryStore store, HandMovedTime time, DeliveryOptions delivery) {
    return start(store, time, BrokerOptions.defaults(name + ":8080").withDelivery(delivery));
  }

  /** Starts a node that tells the listener who comes online and who goes. */
  public static TestNode start(
      String name, InMemoryStore store, HandMovedTime time, PresenceListener listener) {
    return start(
        store,
        time,
        BrokerOptions.defaults(name + ":8080"),
        Optional.of(new PresenceReporting(store.presence(), Runnable::run, listener)));
  }

  /** Starts a node with two lanes; its name is that of its address. */
  public static TestNode start(InMemoryStore store, HandMovedTime time, BrokerOptions options) {
    return start(store, time, options, Optional.empty());
  }

  private static TestNode start(
      InMemoryStore store,
      HandMovedTime time,
      BrokerOptions options,
      Optional<PresenceReporting> presence) {
    String address = options.address();
    String name = address.substring(0, address.indexOf(':'));
    List<HandDrivenLane> lanes = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      HandDrivenLane lane = new HandDrivenLane();
      time.drive(lane);
      lanes.add(lane);
    }
    Stores stores =
        new Stores(
            store.roomLog(), store.mailboxes(), store.users(), store.nodes(), store.channel());
    Timers timers = new Timers(time);
    Broker broker =
        new Broker(
            new NodeId(name),
            options,
            stores,
            timers,
            lanes,
            time::nanoTime,
            time::nowMs,
            presence);
    broker.start();
    time.settle();
    return new TestNode(time, store, lanes, timers, broker);
  }

  public static TestNode start(String name, InMemoryStore store, HandMovedTime time) {
    return start(name, store, time, DeliveryOptions.DEFAULTS);
  }

  public Broker broker() {
    return broker;
  }

  public NodeId id() {
    return broker.node();
  }

  /** Connects a consumer and lets everything settle. */
  public RecordingConnection connect(String consumer, String user) {
    RecordingConnection connection = open(consumer, user);
    time.settle();
    return connection;
  }

  /** Connects a consumer that acknowledges nothing and lets everything settle. */
  public RecordingConnection connectSilently(String consumer, String user) {
    RecordingConnection connection = open(consumer, user, new RecordingConnection().silent());
    time.settle();
    return connection;
  }

  /** Connects a consumer without waiting. */
  public RecordingConnection open(String consumer, String user) {
    return open(consumer, user, new RecordingConnection());
  }

  private RecordingConnection open(String consumer, String user, RecordingConnection connection) {
    ConsumerIdentity identity =
        new ConsumerIdentity(
            new ConsumerId(consumer),
            new UserId(user),
            DeviceKind.WEB,
            time.nowMs() / 1000 + 86_400);
    broker.connect(identity, connection, Optional.empty()).whenComplete(connection::opened);
    return connection;
  }

  /** Publishes and lets everything settle. */
  public Published publish(String room, String... texts) {
    CompletionStage<Published> result =
        broker.publish(new RoomName(room), List.of(texts), PublishOptions.HELD);
    time.settle();
    return result.toCompletableFuture().getNow(null);
  }

  /** Puts a consumer into a room and lets everything settle. */
  public boolean join(String room, String consumer) {
    CompletionStage<Boolean> result = broker.join(new RoomName(room), new ConsumerId(consumer));
    time.settle();
    return result.toCompletableFuture().join();
  }

  /** Takes a consumer out of a room and lets everything settle. */
  public boolean leave(String room, String consumer) {
    CompletionStage<Boolean> result = broker.leave(new RoomName(room), new ConsumerId(consumer));
    time.settle();
    return result.toCompletableFuture().join();
  }

  /** Returns what its lanes hold in memory. */
  public DeliveryMemory memory() {
    CompletableFuture<NodeMemory> memory = broker.memory().toCompletableFuture();
    time.settle();
    return memory.join().delivery();
  }
}
