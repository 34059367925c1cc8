package io.snapper.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaneThreadTest {
  private static final int QUEUE_LENGTH = 4;
  private static final int TASKS = 5_000;
  private static final int ROUNDS = 100;

  private final LaneThread lane =
      new LaneThread(Thread::new, new ArrayBlockingQueue<>(QUEUE_LENGTH));

  /** Touched by the lane only. */
  private final List<Integer> done = new ArrayList<>();

  @BeforeEach
  void startLane() {
    lane.start(new IdleWork());
  }

  @AfterEach
  void stopLane() throws InterruptedException {
    lane.stop(5_000);
  }

  @Test
  void shouldRunEverythingThatItGivesToItselfInOrder() throws Exception {
    CompletableFuture<List<Integer>> result = new CompletableFuture<>();

    lane.execute(
        () -> {
          IntStream.range(0, TASKS).forEach(number -> lane.execute(() -> done.add(number)));
          lane.execute(() -> result.complete(List.copyOf(done)));
        });

    assertThat(result.get(20, TimeUnit.SECONDS))
        .containsExactlyElementsOf(IntStream.range(0, TASKS).boxed().toList());
  }

  @Test
  void shouldServeOthersWhileItGivesWorkToItself() throws Exception {
    CompletableFuture<Void> served = new CompletableFuture<>();
    lane.execute(() -> repeatUntil(served));

    lane.execute(() -> served.complete(null));

    assertThat(served.thenApply(nothing -> true).get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldRunWhatItGaveToItselfBeforeItEnds() throws Exception {
    CompletableFuture<Void> mayEnd = new CompletableFuture<>();
    lane.execute(
        () -> {
          mayEnd.join();
          IntStream.range(0, TASKS).forEach(number -> lane.execute(() -> done.add(number)));
        });

    lane.stop(1);
    mayEnd.complete(null);
    lane.stop(20_000);

    assertThat(done).hasSize(TASKS);
  }

  @Test
  void shouldRunWhatMayWaitInTheOrderOfItsCaller() throws Exception {
    CompletableFuture<List<Integer>> result = new CompletableFuture<>();

    for (int number = 0; number < TASKS; number++) {
      int task = number;
      if (number % 3 == 0) {
        lane.execute(() -> done.add(task));
      } else {
        lane.executeSoon(() -> done.add(task));
      }
    }
    lane.executeSoon(() -> result.complete(List.copyOf(done)));

    assertThat(result.get(20, TimeUnit.SECONDS))
        .containsExactlyElementsOf(IntStream.range(0, TASKS).boxed().toList());
  }

  @Test
  void shouldRunWhatMayWaitLongBeforeTheNextTick() throws Exception {
    long begin = System.nanoTime();

    for (int round = 0; round < ROUNDS; round++) {
      CompletableFuture<Void> first = new CompletableFuture<>();
      CompletableFuture<Void> second = new CompletableFuture<>();
      lane.executeSoon(() -> first.complete(null));
      first.get(20, TimeUnit.SECONDS);
      // The lane naps now, or is about to.
      lane.executeSoon(() -> second.complete(null));
      second.get(20, TimeUnit.SECONDS);
    }

    long averageMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / ROUNDS;
    assertThat(averageMs).isLessThan(LaneExecutor.TICK_MS / 2);
  }

  private void repeatUntil(CompletableFuture<Void> end) {
    if (!end.isDone()) {
      lane.execute(() -> repeatUntil(end));
    }
  }

  private static final class IdleWork implements LaneExecutor.Work {
    @Override
    public void onTurnEnd() {}

    @Override
    public void onTick(long nowNanos) {}
  }
}
