package io.snapper.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.UserDirectory;
import io.snapper.core.store.UserDirectory.Connection;
import io.snapper.testing.engine.HandMovedTime;
import io.snapper.testing.store.InMemoryStore;
import io.snapper.testing.store.StoreFaults.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How nodes tell who comes online and who goes, on a store in memory with a hand-moved clock. */
class PresenceTellerTest {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");

  private final HandMovedTime time = new HandMovedTime();
  private final List<String> calls = new ArrayList<>();
  private final InMemoryStore store =
      new InMemoryStore(
          time::nowMs,
          task -> {
            calls.add(task.toString());
            task.run();
          },
          Runnable::run,
          InMemoryStore.Settings.defaults());
  private final Node first = new Node("first");
  private final Node second = new Node("second");

  /** A node's teller with a listener that hears when the test lets it. */
  private final class Node {
    private final NodeId id;
    private final List<String> heard = new ArrayList<>();
    private final List<PresenceChange> changes = new ArrayList<>();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PresenceTeller teller;
    private final UserDirectory users;
    private boolean isSlow;
    private boolean isDead;
    private Throwable fault;

    Node(String name) {
      id = new NodeId(name);
      teller =
          new PresenceTeller(
              id,
              store.presence(),
              (delayMs, task) ->
                  time.schedule(
                      delayMs,
                      () -> {
                        if (!isDead) {
                          task.run();
                        }
                      }),
              time::nanoTime,
              LEASE,
              task -> {
                tasks.add(task);
                listen();
              },
              this::hear);
      users = teller.directory();
    }

    private void listen() {
      while (!isSlow && !isDead && !tasks.isEmpty()) {
        tasks.remove().run();
      }
    }

    private void hear(PresenceChange change) {
      heard.add(change.user() + (change.isOnline() ? " online" : " offline"));
      changes.add(change);
      if (fault instanceof Error error) {
        throw error;
      }
      if (fault instanceof RuntimeException failure) {
        throw failure;
      }
    }

    void connect(UserId user, long fence) {
      users.enter(user, new Connection(consumerOf(user), id, DeviceKind.WEB, fence, time.nowMs()));
    }

    void disconnect(UserId user, long fence) {
      users.leave(user, consumerOf(user), fence);
    }
  }

  private static ConsumerId consumerOf(UserId user) {
    return new ConsumerId("t." + user);
  }

  @Test
  void shouldTellWhoComesAndWhoGoesOnceAndInOrder() {
    first.connect(ANN, 1);
    first.disconnect(ANN, 1);
    first.connect(ANN, 2);
    time.advance(100);
    first.disconnect(ANN, 2);
    time.advance(60_000);

    assertThat(first.heard)
        .containsExactly("ann online", "ann offline", "ann online", "ann offline");
    assertThat(first.changes).extracting(PresenceChange::number).isSorted().doesNotHaveDuplicates();
    assertThat(second.heard).isEmpty();
  }

  @Test
  void shouldGatherWhatHappensInAMomentIntoOneCall() {
    first.connect(ANN, 1);
    first.connect(BEN, 1);
    time.advance(PresenceTeller.GATHER_MS);
    assertThat(first.heard).containsExactlyInAnyOrder("ann online", "ben online");

    time.advance(60_000);

    // Once to take both, once to say that both are told; then nobody asks any more.
    assertThat(calls).filteredOn("PresenceLog.take"::equals).hasSize(2);
  }

  @Test
  void shouldAskForNothingWhenAConnectionMoves() {
    first.connect(ANN, 1);
    time.advance(100);
    calls.clear();

    second.connect(ANN, 2);
    first.disconnect(ANN, 1);
    time.advance(60_000);

    assertThat(calls).doesNotContain("PresenceLog.take");
    assertThat(second.heard).isEmpty();
  }

  @Test
  void shouldLetOneOfTwoNodesTell() {
    first.isSlow = true;
    first.connect(ANN, 1);
    time.advance(100);
    second.connect(ANN, 2);
    second.disconnect(ANN, 2);
    time.advance(100);
    assertThat(second.heard).isEmpty();

    first.isSlow = false;
    first.listen();
    time.advance(60_000);

    assertThat(first.heard).containsExactly("ann online", "ann offline");
    assertThat(second.heard).isEmpty();
  }

  @Test
  void shouldTellWhatADeadNodeHadTaken() {
    first.isSlow = true;
    first.connect(ANN, 1);
    time.advance(100);
    first.isDead = true;

    second.teller.lookEverywhere();
    time.advance(1_000);
    assertThat(second.heard).as("the lease of the dead node holds").isEmpty();
    time.advance(LEASE.toMillis());

    assertThat(second.heard).containsExactly("ann online");
    time.advance(60_000);
    assertThat(second.heard).hasSize(1);
  }

  @Test
  void shouldTellWhatADeadNodeHasCausedAndNotTaken() {
    first.connect(ANN, 1);
    first.isDead = true;

    second.teller.lookEverywhere();
    time.advance(100);

    assertThat(second.heard).containsExactly("ann online");
  }

  @Test
  void shouldTellAgainUnderTheSameNumberWhenANodeDiesBeforeItCouldSaySo() {
    first.connect(ANN, 1);
    time.advance(PresenceTeller.GATHER_MS);
    first.isDead = true;
    assertThat(first.heard).containsExactly("ann online");

    second.teller.lookEverywhere();
    time.advance(LEASE.toMillis() + 1_000);

    assertThat(second.changes).isEqualTo(first.changes);
  }

  @Test
  void shouldKeepItsRightWhileTheListenerIsSlow() {
    first.isSlow = true;
    first.connect(ANN, 1);
    time.advance(100);
    second.teller.lookEverywhere();
    time.advance(5 * LEASE.toMillis());
    assertThat(second.heard).isEmpty();

    first.isSlow = false;
    first.listen();
    time.advance(60_000);

    assertThat(first.heard).containsExactly("ann online");
    assertThat(second.heard).isEmpty();
  }

  @Test
  void shouldTellNothingAfterItsLeaseHasEnded() {
    first.isSlow = true;
    first.connect(ANN, 1);
    first.disconnect(ANN, 1);
    time.advance(100);
    store.faults().setAway(true);
    time.advance(LEASE.toMillis() + 1_000);
    store.faults().setAway(false);
    first.isSlow = false;
    first.listen();
    assertThat(first.heard).isEmpty();

    second.teller.lookEverywhere();
    time.advance(60_000);

    List<String> all = new ArrayList<>(first.heard);
    all.addAll(second.heard);
    assertThat(all).containsExactly("ann online", "ann offline");
  }

  @Test
  void shouldTellOnceWhenAnswersAreLost() {
    store.faults().failNextCall(Moment.AFTER_APPLYING, "UserDirectory.enter");
    first.connect(ANN, 1);
    first.disconnect(ANN, 1);
    store.faults().failNextCall(Moment.AFTER_APPLYING, "PresenceLog.take");
    store.faults().failNextCall(Moment.BEFORE_APPLYING_LATE, "PresenceLog.take");
    time.advance(5_000);

    assertThat(first.heard).containsExactly("ann online", "ann offline");
  }

  @Test
  void shouldTellAChangeWhoseOwnCallHasLostItsAnswer() {
    store.faults().failNextCall(Moment.AFTER_APPLYING, "UserDirectory.leave");
    first.connect(ANN, 1);
    time.advance(1_000);
    first.disconnect(ANN, 1);
    time.advance(10_000);
    assertThat(first.heard).containsExactly("ann online");

    first.disconnect(ANN, 1);
    time.advance(100);

    assertThat(first.heard).containsExactly("ann online", "ann offline");
  }

  static List<Throwable> faults() {
    return List.of(
        new IllegalStateException("on purpose"),
        new AssertionError("on purpose"),
        new StackOverflowError("on purpose"),
        new LinkageError("on purpose"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void shouldGoOnAfterAFaultOfTheListener(Throwable fault) {
    first.fault = fault;
    first.connect(ANN, 1);
    first.disconnect(ANN, 1);
    time.advance(60_000);

    assertThat(first.heard).containsExactly("ann online", "ann offline");
  }

  @Test
  void shouldTellMoreThanItTakesAtOnce() {
    int rounds = PresenceTeller.MAX_CHANGES;
    for (int fence = 1; fence <= rounds; fence++) {
      first.connect(ANN, fence);
      first.disconnect(ANN, fence);
    }
    time.advance(1_000);

    assertThat(first.heard).hasSize(2 * rounds);
    assertThat(first.changes).extracting(PresenceChange::number).isSorted();
  }

  @Test
  void shouldKnowWhetherAllIsTold() {
    assertThat(isIdle()).isTrue();
    first.isSlow = true;
    first.connect(ANN, 1);
    assertThat(isIdle()).as("nothing asked yet").isFalse();
    time.advance(100);
    assertThat(isIdle()).as("taken, not told").isFalse();

    first.isSlow = false;
    first.listen();
    assertThat(isIdle()).as("told, and nobody knows").isFalse();
    time.advance(100);

    assertThat(isIdle()).isTrue();
  }

  private boolean isIdle() {
    return first.teller.whenIdle().toCompletableFuture().isDone();
  }
}
