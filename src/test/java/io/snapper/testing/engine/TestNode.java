package io.snapper.testing.engine;

import io.snapper.core.Broker;
import io.snapper.core.BrokerOptions;
import io.snapper.core.PublishOptions;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.delivery.DeliveryOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Published;
import io.snapper.core.store.Stores;
import io.snapper.testing.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A real broker on a store in memory, driven by a hand-moved clock. */
public final class TestNode {
  private final HandMovedTime time;
  private final Broker broker;

  private TestNode(HandMovedTime time, Broker broker) {
    this.time = time;
    this.broker = broker;
  }

  /** Starts a node with two lanes. */
  public static TestNode start(
      String name, InMemoryStore store, HandMovedTime time, DeliveryOptions delivery) {
    List<HandDrivenLane> lanes = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      HandDrivenLane lane = new HandDrivenLane();
      time.drive(lane);
      lanes.add(lane);
    }
    BrokerOptions defaults = BrokerOptions.defaults(name + ":8080");
    BrokerOptions options =
        new BrokerOptions(
            defaults.address(),
            defaults.messageLimitBytes(),
            defaults.heldLimitBytes(),
            delivery,
            defaults.heartbeat(),
            defaults.lease());
    Stores stores =
        new Stores(
            store.roomLog(), store.mailboxes(), store.users(), store.nodes(), store.channel());
    Broker broker =
        new Broker(new NodeId(name), options, stores, time, lanes, time::nanoTime, time::nowMs);
    broker.start();
    time.settle();
    return new TestNode(time, broker);
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

  /** Connects a consumer without waiting. */
  public RecordingConnection open(String consumer, String user) {
    RecordingConnection connection = new RecordingConnection();
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
}
