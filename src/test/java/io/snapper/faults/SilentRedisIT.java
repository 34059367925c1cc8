package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.PublishOptions;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import io.snapper.store.redis.RedisStoreOptions;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that stands still: its connections stay open, and it answers nothing. */
class SilentRedisIT {
  /** In so many that nearly every partition has one, and only a few can be under way at once. */
  private static final int ROOMS = 1_000;

  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private RedisProcess redis;
  private RunningNode node;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    node =
        RunningNode.start(
            RedisStoreOptions.single(redis.address())
                .withPassword(redis.password())
                .withTimeout(REDIS_TIMEOUT));
  }

  @AfterEach
  void stop() {
    node.close();
    redis.close();
  }

  @Test
  void shouldLetNoPublicationWaitLongerThanForItsOwnAnswer() {
    redis.pause();
    List<CompletableFuture<Published>> refused = publish(PublishOptions.REFUSED_WHILE_UNAVAILABLE);
    List<CompletableFuture<Published>> held = publish(PublishOptions.HELD);
    try {
      all(refused).orTimeout(2 * REDIS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    } finally {
      redis.resume();
    }

    assertThat(refused).allSatisfy(SilentRedisIT::assertUnavailable);
    all(held).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(held).noneMatch(CompletableFuture::isCompletedExceptionally);
    Awaitility.await().atMost(PATIENCE).until(() -> node.obstacles().isEmpty());
  }

  private List<CompletableFuture<Published>> publish(PublishOptions options) {
    return IntStream.range(0, ROOMS)
        .mapToObj(
            number ->
                node.broker()
                    .publish(new RoomName("room" + number), List.of("x"), options)
                    .toCompletableFuture())
        .toList();
  }

  /** Completes normally when all have ended in whatever way. */
  private static CompletableFuture<Void> all(List<CompletableFuture<Published>> publications) {
    return CompletableFuture.allOf(
        publications.stream()
            .map(publication -> publication.handle((published, refusal) -> null))
            .toArray(CompletableFuture<?>[]::new));
  }

  private static void assertUnavailable(CompletableFuture<Published> publication) {
    assertThat(publication)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            SnapperException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
