package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallTurnsTest {
  private static final int MOST = 2;

  private final CallTurns<String> turns = new CallTurns<>(MOST);
  private final List<String> begun = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();

  private void begin(String master, String... calls) {
    for (String call : calls) {
      turns.begin(master, call(() -> begun.add(call), () -> dropped.add(call)));
    }
  }

  private static CallTurns.Call call(Runnable make, Runnable drop) {
    return new CallTurns.Call() {
      @Override
      public void make() {
        make.run();
      }

      @Override
      public void drop() {
        drop.run();
      }
    };
  }

  private static CallTurns.Call call(Runnable make) {
    return call(make, () -> fail("dropped"));
  }

  @Test
  void shouldBeginSomeAtOnceAndTheOthersInTheirOrder() {
    begin("a", "one", "two", "three", "four");
    assertThat(begun).containsExactly("one", "two");

    turns.end("a");
    assertThat(begun).containsExactly("one", "two", "three");
    turns.end("a");
    turns.end("a");
    turns.end("a");
    begin("a", "five", "six", "seven");
    assertThat(begun).containsExactly("one", "two", "three", "four", "five", "six");
  }

  @Test
  void shouldLetAMasterThatDoesNotAnswerHoldUpNoOther() {
    begin("a", "one", "two", "three");
    begin("b", "four", "five", "six");
    assertThat(begun).containsExactly("one", "two", "four", "five");

    turns.end("b");
    assertThat(begun).endsWith("six");
  }

  @Test
  void shouldDropWhatWaitsForAMasterThatDoesNotAnswer() {
    begin("a", "one", "two", "three", "four");
    begin("b", "five", "six", "seven");

    turns.endUnanswered("a");

    assertThat(dropped).containsExactly("three", "four");
    assertThat(begun).containsExactly("one", "two", "five", "six");
    begin("a", "eight", "nine");
    assertThat(begun).endsWith("eight").doesNotContain("nine");
    turns.end("a");
    assertThat(begun).endsWith("nine");
  }

  @Test
  void shouldTakeAnyNumberOfCallsThatFailWhileTheyAreMade() {
    int count = 1_000_000;
    AtomicInteger calls = new AtomicInteger();
    CallTurns.Call[] call = new CallTurns.Call[1];
    Runnable again =
        () -> {
          if (calls.incrementAndGet() < count) {
            turns.begin("a", call[0]);
          }
        };
    call[0] =
        call(
            () -> {
              again.run();
              turns.endUnanswered("a");
            },
            again);

    turns.begin("a", call[0]);

    assertThat(calls).hasValue(count);
  }

  @Test
  void shouldTakeAnyNumberOfCallsThatEndWhileTheyAreBegun() {
    int count = 1_000_000;
    AtomicInteger calls = new AtomicInteger();
    CallTurns.Call[] call = new CallTurns.Call[1];
    call[0] =
        call(
            () -> {
              if (calls.incrementAndGet() < count) {
                turns.begin("a", call[0]);
              }
              turns.end("a");
            });

    turns.begin("a", call[0]);

    assertThat(calls).hasValue(count);
  }

  @Test
  void shouldKeepTheLimitAndForgetNobodyWhateverTheThreads() throws InterruptedException {
    int callers = 4;
    int callsOfEach = 20_000;
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger mostUnderWay = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(callers * callsOfEach);
    ExecutorService redis = Executors.newFixedThreadPool(2);
    ExecutorService producers = Executors.newFixedThreadPool(callers);
    CallTurns.Call call =
        call(
            () -> {
              mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              redis.execute(
                  () -> {
                    underWay.decrementAndGet();
                    turns.end("a");
                    ended.countDown();
                  });
            });

    for (int caller = 0; caller < callers; caller++) {
      producers.execute(
          () -> {
            for (int count = 0; count < callsOfEach; count++) {
              turns.begin("a", call);
            }
          });
    }

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(mostUnderWay.get()).isBetween(1, MOST);
    redis.shutdown();
    producers.shutdown();
  }
}
