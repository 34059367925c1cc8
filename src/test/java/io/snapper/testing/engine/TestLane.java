package io.snapper.testing.engine;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.delivery.AdmissionOptions;
import io.snapper.core.delivery.DeliveryOptions;
import io.snapper.core.delivery.LaneExecutor;
import io.snapper.core.delivery.Lanes;
import io.snapper.core.delivery.Lease;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.room.RoomInterests;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomState;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A real lane without the rest of its node and without a thread, for measuring what it does. Its
 * lease never ends, its delayed tasks never come, and what is pushed to it is in no log.
 */
public final class TestLane {
  private static final NodeId NODE = new NodeId("node");
  private static final long START_MS = 1_790_000_000_000L;

  private final InMemoryStore store = new InMemoryStore();
  private final HandDrivenLane executor = new HandDrivenLane();
  private final Lanes lanes;
  private long ticks;

  /** Starts a lane without consumers. */
  public TestLane() {
    PushChannel pushes = store.channel();
    Lease lease = new Lease();
    long nowNanos = System.nanoTime();
    lease.renew(nowNanos + TimeUnit.DAYS.toNanos(1), nowNanos, false);
    lanes =
        new Lanes(
            new Lanes.Parts(
                NODE,
                (delayMs, task) -> {},
                System::nanoTime,
                System::currentTimeMillis,
                store.roomLog(),
                store.mailboxes(),
                store.users(),
                new RoomInterests(store.roomLog(), NODE, (delayMs, task) -> {}),
                pushes,
                lease,
                DeliveryOptions.DEFAULTS,
                AdmissionOptions.DEFAULTS),
            List.of(executor));
    pushes.open(NODE, new Dispatch());
  }

  private final class Dispatch implements PushChannel.Listener {
    @Override
    public void onPush(int partition, long sequence, Push push) {
      lanes.dispatch(push);
    }

    @Override
    public void onResubscribed(int partition) {
      throw new AssertionError("this store loses nothing");
    }
  }

  /** Connects a consumer that answers each batch at once. */
  public void connect(ConsumerIdentity identity) {
    AnsweringConnection connection = new AnsweringConnection();
    connection.opened(connect(identity, connection));
  }

  /** Connects a consumer. */
  public ConsumerSession connect(ConsumerIdentity identity, ConsumerConnection connection) {
    return settled(lanes.connect(identity, connection));
  }

  /** Puts consumers into a room and returns it. */
  public Room join(RoomName name, List<ConsumerIdentity> consumers) {
    RoomState state = settled(store.roomLog().state(name));
    for (ConsumerIdentity consumer : consumers) {
      settled(
          store
              .mailboxes()
              .join(
                  consumer.consumer(), name, state.end(), Duration.ofHours(1), Integer.MAX_VALUE));
    }
    return new Room(name, state.epoch());
  }

  /** Returns the room that the consumer is in from the start. */
  public Room ownRoom(ConsumerIdentity consumer) {
    return join(RoomName.ofUser(consumer.user()), List.of());
  }

  private <T> T settled(CompletionStage<T> stage) {
    settle();
    return stage.toCompletableFuture().join();
  }

  /** Runs what is due, and what that causes. */
  public void settle() {
    while (executor.runTurn()) {
      // Once more.
    }
  }

  /** Lets the lane do its regular work, as if the time for it had come. */
  public void tick() {
    ticks++;
    executor.tickIfDue(
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ticks * LaneExecutor.TICK_MS));
  }

  /** Returns how many messages were acknowledged, counted once for each consumer. */
  public long acknowledgedMessages() {
    return lanes.acknowledgedMessages();
  }

  /** A room that was empty, whose messages come from {@link #push} alone. */
  public final class Room {
    private final RoomName name;
    private final String epoch;
    private long top;
    private long topTimeMs;

    private Room(RoomName name, String epoch) {
      this.name = name;
      this.epoch = epoch;
    }

    /** Gives the lane the next messages; they go out with {@link TestLane#settle}. */
    public void push(List<String> texts) {
      long previousTimeMs = topTimeMs;
      topTimeMs = START_MS + top;
      List<Message> messages = new ArrayList<>(texts.size());
      for (String text : texts) {
        messages.add(new Message(++top, text, topTimeMs));
      }
      lanes.dispatch(new Push.RoomMessages(name, epoch, previousTimeMs, messages));
    }
  }
}
