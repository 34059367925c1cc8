package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.BrokerOptions;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.store.NodeRegistry.LiveNode;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.UserDirectory.Connection;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the others say of a node that has died: how many are connected, who has gone. */
class DeadNodeIT {
  private static final int USERS = 200;

  /** The first of them have a device on a node that lives, too. */
  private static final int USERS_OF_TWO_NODES = 50;

  private static final BrokerOptions OPTIONS = BrokerOptions.defaults("test:8080");
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

  /** Lease and a heartbeat, and what a busy machine may add. */
  private static final Duration COUNTS_LIMIT = Duration.ofSeconds(7);

  private final List<PresenceChange> told = new CopyOnWriteArrayList<>();
  private RedisProcess redis;
  private RunningNode dying;
  private RunningNode second;
  private RunningNode third;

  private record SilentDevice() implements ConsumerConnection {
    @Override
    public void deliver(Batch batch) {
      // It doesn't answer.
    }

    @Override
    public void notifyGap(GapNotice notice) {
      // It doesn't care.
    }

    @Override
    public OptionalLong checkHeartbeat(long nowNanos) {
      return OptionalLong.of(nowNanos);
    }

    @Override
    public void close(CloseReason reason) {
      // It stays away.
    }
  }

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    dying = startNode();
    second = startNode();
    third = startNode();
  }

  private RunningNode startNode() {
    return RunningNode.start(
        RedisStoreOptions.single(redis.address()).withPassword(redis.password()),
        OPTIONS,
        told::add);
  }

  @AfterEach
  void stop() {
    dying.close();
    second.close();
    third.close();
    redis.close();
  }

  @Test
  void shouldCountAndTellTheTruthSoonAfterANodeHasDied() {
    List<CompletableFuture<?>> openings = new ArrayList<>();
    for (int index = 0; index < USERS; index++) {
      openings.add(connect(dying, index, "phone"));
      openings.add(connect(dying, index, "browser"));
      if (index < USERS_OF_TWO_NODES) {
        openings.add(connect(second, index, "tablet"));
      }
    }
    CompletableFuture.allOf(openings.toArray(CompletableFuture[]::new))
        .orTimeout(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
    Awaitility.await().atMost(ANSWER_LIMIT).until(() -> told.size() == USERS);

    dying.kill();

    Awaitility.await().atMost(COUNTS_LIMIT).untilAsserted(this::assertCountsAreRight);
    Awaitility.await()
        .atMost(ANSWER_LIMIT)
        .until(() -> told.size() == 2 * USERS - USERS_OF_TWO_NODES);
    assertThat(told.subList(USERS, told.size()))
        .allMatch(change -> !change.isOnline())
        .extracting(PresenceChange::user)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(USERS_OF_TWO_NODES, USERS).mapToObj(DeadNodeIT::user).toList());
    assertThat(told.subList(0, USERS)).allMatch(PresenceChange::isOnline);
  }

  private void assertCountsAreRight() {
    for (RunningNode node : List.of(second, third)) {
      for (int index = 0; index < USERS; index += 10) {
        int expected = index < USERS_OF_TWO_NODES ? 1 : 0;
        List<Connection> connections = get(node.broker().connections(user(index)));
        assertThat(connections).as("of %s at %s", user(index), node.id()).hasSize(expected);
      }
      assertThat(get(node.broker().overview(RoomName.EVERYONE)).connectedMembers())
          .isEqualTo(USERS_OF_TWO_NODES);
      List<LiveNode> living = get(node.broker().statistics()).nodes();
      assertThat(living)
          .extracting(LiveNode::node)
          .containsExactlyInAnyOrder(second.id(), third.id());
      assertThat(living.stream().mapToLong(live -> live.report().online()).sum())
          .isEqualTo(USERS_OF_TWO_NODES);
    }
  }

  private static CompletableFuture<?> connect(RunningNode node, int index, String device) {
    ConsumerIdentity identity =
        new ConsumerIdentity(
            new ConsumerId("t." + device + index), user(index), DeviceKind.WEB, 4_000_000_000L);
    return node.broker()
        .connect(identity, new SilentDevice(), Optional.empty())
        .toCompletableFuture();
  }

  private static UserId user(int index) {
    return new UserId("user" + index);
  }

  private static <T> T get(CompletionStage<T> answer) {
    return answer
        .toCompletableFuture()
        .orTimeout(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
