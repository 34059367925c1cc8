package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomState;
import io.snapper.store.StoreFixture.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of all ports share: how a store is made, and short names for common steps. */
public abstract class StoreContract {
  protected static final NodeId NODE = new NodeId("node-a");
  protected static final NodeId OTHER_NODE = new NodeId("node-b");
  protected static final NodeId THIRD_NODE = new NodeId("node-c");
  protected static final RoomName ROOM = new RoomName("room");
  protected static final ConsumerId CONSUMER = new ConsumerId("w.consumer");
  protected static final UserId USER = new UserId("user");

  private static final long ANSWER_TIMEOUT_SECONDS = 20;

  private final List<PushChannel> channels = new ArrayList<>();
  private final AtomicLong sequences = new AtomicLong();
  private final AtomicLong versions = new AtomicLong();
  private StoreFixture fixture;

  /** Returns an empty store. */
  protected abstract StoreFixture newFixture(Retention retention);

  /**
   * Returns the test's store, which is made with a long retention if no other one was asked for.
   */
  protected final StoreFixture store() {
    return store(Retention.LONG);
  }

  protected final StoreFixture store(Retention retention) {
    if (fixture == null) {
      fixture = newFixture(retention);
    }
    return fixture;
  }

  @AfterEach
  final void closeStore() {
    channels.forEach(PushChannel::close);
    if (fixture != null) {
      fixture.close();
    }
  }

  /** Subscribes as this node. */
  protected final RecordedPushes listenAs(NodeId node) {
    PushChannel channel = store().newChannel();
    channels.add(channel);
    RecordedPushes pushes = new RecordedPushes(channel, store()::await);
    get(channel.open(node, pushes));
    return pushes;
  }

  /** Says that the node has so many members in the room. */
  protected final RoomState watch(RoomName room, NodeId node, int members) {
    return get(store().roomLog().watch(room, node, members, versions.incrementAndGet()));
  }

  protected final Published publish(String... payloads) {
    return publish(ROOM, payloads);
  }

  protected final Published publish(RoomName room, String... payloads) {
    return get(
        store()
            .roomLog()
            .publish(
                new PublishRequest(
                    room, List.of(payloads), NODE, sequences.incrementAndGet(), null)));
  }

  /** Returns the answer, or throws what the call failed with. */
  protected static <T> T get(CompletionStage<T> answer) {
    try {
      return answer
          .toCompletableFuture()
          .orTimeout(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof SnapperException refusal) {
        throw refusal;
      }
      throw failure;
    }
  }

  /** Asserts that a call is refused. */
  protected static void assertRefused(CompletionStage<?> answer, ErrorCode code) {
    assertThat(answer.toCompletableFuture().handle((result, failure) -> unwrapped(failure)).join())
        .isInstanceOfSatisfying(
            SnapperException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }
}
