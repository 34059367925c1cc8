package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store whose Redis comes, goes, and loses things. */
class RedisStoreIT {
  private static final NodeId NODE = new NodeId("node-a");
  private static final RoomName ROOM = new RoomName("room");
  private static final int PARTITIONS = 16;

  private final RecordingListener listener = new RecordingListener();
  private RedisProcess redis;

  @BeforeEach
  void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Test
  void shouldWaitForRedisAtStart() throws Exception {
    redis.stop();

    CompletableFuture<RedisStore> opening = CompletableFuture.supplyAsync(this::open);

    assertThatThrownBy(() -> opening.get(1500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    redis.restart();
    try (RedisStore store = opening.get(10, TimeUnit.SECONDS)) {
      assertThat(join(store.roomLog().state(ROOM)).top()).isZero();
    }
  }

  @Test
  void shouldStopWaitingWhenItIsInterrupted() {
    redis.stop();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                open().close();
                outcome.complete(null);
              } catch (RuntimeException failure) {
                outcome.complete(failure);
              }
            });
    starter.start();
    Awaitility.await().until(() -> starter.getState() == Thread.State.TIMED_WAITING);

    starter.interrupt();

    assertThat(outcome.orTimeout(10, TimeUnit.SECONDS).join())
        .isInstanceOfSatisfying(
            SnapperException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    Awaitility.await().until(() -> newThreads(before).isEmpty());
  }

  @Test
  void shouldBeginAnewWhenRedisGoesAwayDuringTheCheck() {
    try (RedisCli cli = redis.cli()) {
      // It can be connected to and asked, but no script runs.
      cli.call("CLIENT", "PAUSE", 2000, "WRITE");
    }
    try (RedisStore store =
        RedisStore.open(options().withTimeout(Duration.ofMillis(500)), Thread::new)) {
      assertThat(join(store.roomLog().state(ROOM)).top()).isZero();
    }
  }

  @Test
  void shouldForgetThePublishersOfLongAgoWhenANewOneComes() {
    try (RedisCli cli = redis.cli();
        RedisStore store = open()) {
      publish(store, "old", 1);
      publish(store, "young", 1);
      String room = new RedisKeys(options().prefix(), PARTITIONS).room(ROOM);
      String request = (String) cli.call("HGET", room, "p:old");
      long memoryMs = PublishRequest.MEMORY.toMillis();
      long cameAtMs = Long.parseLong(request.substring(request.lastIndexOf(' ') + 1)) - memoryMs;
      cli.call("HSET", room, "p:old", request.replaceFirst(" [0-9]+$", " " + cameAtMs));

      assertThat(publish(store, "young", 1).repeated()).isTrue();
      assertThat(cli.call("HEXISTS", room, "p:old")).isEqualTo(1L);
      publish(store, "new", 1);

      assertThat(cli.call("HEXISTS", room, "p:old")).isEqualTo(0L);
      assertThat(publish(store, "young", 1).repeated()).isTrue();
      assertThat(publish(store, "new", 1).repeated()).isTrue();
    }
  }

  private static Published publish(RedisStore store, String publisher, long sequence) {
    return join(
        store
            .roomLog()
            .publish(
                new PublishRequest(ROOM, List.of("one"), new NodeId(publisher), sequence, null)));
  }

  @Test
  void shouldConnectAfterAFailedAttempt() {
    try (RedisCli cli = redis.cli();
        RedisStore store = new RedisStore(options(), Thread::new)) {
      cli.call("ACL", "SETUSER", "default", "-eval", "-evalsha");
      assertThatThrownBy(store::connect)
          .isInstanceOfSatisfying(
              SnapperException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL));
      cli.call("ACL", "SETUSER", "default", "+eval", "+evalsha");

      store.connect();

      assertThat(join(store.roomLog().state(ROOM)).top()).isZero();
    }
  }

  @Test
  void shouldEndItsListenersBeforeCloseReturns() {
    ConcurrentLinkedQueue<Thread> made = new ConcurrentLinkedQueue<>();
    RedisStore store =
        RedisStore.open(
            options(),
            task -> {
              Thread thread = new Thread(task);
              made.add(thread);
              return thread;
            });
    PushChannel channel = store.channel();
    join(channel.open(NODE, listener));
    join(store.roomLog().watch(ROOM, NODE, 1, 1));
    publish(store, 1, "a");
    Awaitility.await().until(() -> listener.payloads().contains("a"));

    store.close();

    assertThat(made).isNotEmpty().noneMatch(Thread::isAlive);
  }

  @Test
  void shouldRefuseToStartWithAWrongPassword() {
    RedisStoreOptions options =
        RedisStoreOptions.single(redis.address()).withPassword("not the password");

    assertThatThrownBy(() -> RedisStore.open(options, Thread::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageNotContaining("not the password");
    assertThat(options.toString()).doesNotContain("not the password");
  }

  @Test
  void shouldShowNoSecretOfAnAddress() {
    RedisStoreOptions options =
        RedisStoreOptions.single(URI.create("redis://name:secret@redis.example:6379"));

    assertThat(options.shownAddresses()).isEqualTo("redis://redis.example:6379");
    assertThat(options.toString()).doesNotContain("secret");
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitions() {
    open().close();

    assertThatThrownBy(() -> RedisStore.open(options().withPartitions(32), Thread::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("16 partitions")
        .hasMessageContaining("32");
    open().close();
  }

  /** The rights that docs/operations.md asks for. */
  @Test
  void shouldNeedNoMoreRightsThanTheDocsSay() {
    try (RedisCli cli = redis.cli()) {
      cli.call(
          (Object[])
              ("ACL SETUSER snapper on >secret ~snp* &snp* +@read +@write +@pubsub +@scripting"
                      + " +@connection +info +time")
                  .split(" "));
    }
    RedisStoreOptions options =
        new RedisStoreOptions(
            RedisStoreOptions.Layout.SINGLE,
            List.of(redis.address()),
            Optional.empty(),
            Optional.of("snapper"),
            Optional.of("secret"),
            "snp",
            PARTITIONS,
            seconds(3),
            4,
            RedisStoreOptions.Retention.defaults());
    try (RedisStore store = RedisStore.open(options, Thread::new)) {
      PushChannel channel = store.channel();
      join(channel.open(NODE, listener));
      join(store.roomLog().watch(ROOM, NODE, 1, 1));
      publish(store, 1, "a");
      Awaitility.await().until(() -> listener.payloads().contains("a"));
      join(store.nodes().countRooms(List.of(ROOM)));
      join(channel.sequences(NODE));
      join(store.monitor().ping());
      // A probe and a look at what the server knows.
      try (RedisCli cli = redis.cli()) {
        Awaitility.await()
            .atMost(seconds(15))
            .until(() -> ((String) cli.call("INFO", "commandstats")).contains("shardnumsub"));
        // Redisson tries something with a key of its own, and does without it.
        assertThat((List<?>) cli.call("ACL", "LOG"))
            .allSatisfy(denied -> assertThat(denied.toString()).contains("object, test1,"));
      }
      channel.close();
    }
  }

  @Test
  void shouldLeaveNoThreadAndNoConnection() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    AtomicInteger made = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          made.incrementAndGet();
          return new Thread(task);
        };
    try (RedisStore store = RedisStore.open(options(), threads)) {
      PushChannel channel = store.channel();
      join(channel.open(NODE, listener));
      publish(store, 1, "a");
      channel.close();
    }

    assertThat(made).hasPositiveValue();
    Awaitility.await().untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    try (RedisCli cli = redis.cli()) {
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(((String) cli.call("CLIENT", "LIST")).trim().lines()).hasSize(1));
    }
  }

  @Test
  void shouldRunScriptsThatRedisHasForgotten() {
    try (RedisStore store = open();
        RedisCli cli = redis.cli()) {
      publish(store, 1, "a");
      cli.call("SCRIPT", "FLUSH");

      publish(store, 2, "b");

      assertThat(join(store.roomLog().state(ROOM)).top()).isEqualTo(2);
    }
  }

  @Test
  void shouldSayUnavailableWhileRedisIsAwayAndGoOnWhenItIsBack() {
    try (RedisStore store = RedisStore.open(options().withTimeout(seconds(1)), Thread::new)) {
      PushChannel channel = store.channel();
      join(channel.open(NODE, listener));
      join(store.roomLog().watch(ROOM, NODE, 1, 1));
      publish(store, 1, "before");
      redis.kill();

      assertThatThrownBy(() -> publish(store, 2, "while"))
          .isInstanceOfSatisfying(
              SnapperException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
      assertThatThrownBy(() -> join(store.monitor().ping())).isInstanceOf(SnapperException.class);
      redis.restart();

      Awaitility.await()
          .atMost(seconds(20))
          .until(() -> listener.resubscribed.size() >= PARTITIONS);
      assertThat(new HashSet<>(listener.resubscribed)).hasSize(PARTITIONS);
      Awaitility.await().ignoreExceptions().until(() -> publish(store, 2, "while") > 0);
      join(store.roomLog().watch(ROOM, NODE, 1, 2));
      publish(store, 3, "after");
      Awaitility.await().until(() -> listener.payloads().contains("after"));
      join(store.monitor().ping());
      channel.close();
    }
  }

  @Test
  void shouldNoticeThatItsSubscriptionsWereCut() {
    try (RedisStore store = open();
        RedisCli cli = redis.cli()) {
      PushChannel channel = store.channel();
      join(channel.open(NODE, listener));

      cli.call("CLIENT", "KILL", "TYPE", "PUBSUB");

      Awaitility.await().until(() -> listener.resubscribed.size() == PARTITIONS);
      join(store.roomLog().watch(ROOM, NODE, 1, 3));
      publish(store, 1, "a");
      Awaitility.await().until(() -> listener.payloads().contains("a"));
      channel.close();
    }
  }

  @Test
  void shouldStoreOnceWhatIsSentAgainAfterALostAnswer() {
    try (RedisStore store =
            RedisStore.open(options().withTimeout(Duration.ofMillis(500)), Thread::new);
        RedisCli cli = redis.cli()) {
      join(store.roomLog().state(ROOM));
      cli.call("CLIENT", "PAUSE", 1500, "ALL");

      assertThatThrownBy(() -> publish(store, 1, "a")).isInstanceOf(SnapperException.class);

      Awaitility.await().ignoreExceptions().until(() -> publish(store, 1, "a") > 0);
      assertThat(join(store.roomLog().state(ROOM)).top()).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepARoomAsLongAsSomebodyWatchesItAndThenLongerThanAnyCursor() {
    try (RedisStore store = open();
        RedisCli cli = redis.cli()) {
      String key = new RedisKeys("snp", PARTITIONS).room(ROOM);
      long mailboxLifeMs = RedisStoreOptions.Retention.defaults().mailboxLife().toMillis();

      join(store.roomLog().state(ROOM));
      assertThat((Long) cli.call("PTTL", key)).isGreaterThan(mailboxLifeMs);
      PushChannel channel = store.channel();
      join(channel.open(NODE, listener));
      join(store.roomLog().watch(ROOM, NODE, 1, 4));
      publish(store, 1, "a");
      assertThat(cli.call("PTTL", key)).isEqualTo(-1L);
      join(store.roomLog().watch(ROOM, NODE, 0, 5));
      assertThat((Long) cli.call("PTTL", key)).isGreaterThan(mailboxLifeMs);
      join(store.roomLog().watch(ROOM, NODE, 1, 6));
      channel.close();
      Awaitility.await().until(() -> cli.call("PUBSUB", "SHARDCHANNELS", "*").equals(List.of()));
      publish(store, 2, "b");
      assertThat((Long) cli.call("PTTL", key)).isGreaterThan(mailboxLifeMs);
    }
  }

  @Test
  void shouldBeginANewLogWhenOnlyTheEpochWasLost() {
    try (RedisStore store = open();
        RedisCli cli = redis.cli()) {
      RedisKeys keys = new RedisKeys("snp", PARTITIONS);
      publish(store, 1, "a");
      publish(store, 2, "b");
      cli.call("DEL", keys.room(ROOM));

      publish(store, 3, "c");

      assertThat(join(store.roomLog().read(ROOM, 0, 10, 1000)).messages())
          .extracting(message -> message.offset() + message.payload())
          .containsExactly("1c");
    }
  }

  @Test
  void shouldChangeNothingWhenMemoryIsFull() {
    try (RedisStore store = open();
        RedisCli cli = redis.cli()) {
      publish(store, 1, "a");
      join(
          store
              .mailboxes()
              .join(
                  new ConsumerId("c"),
                  ROOM,
                  join(store.roomLog().state(ROOM)).end(),
                  seconds(60),
                  10));
      cli.call("CONFIG", "SET", "maxmemory", "1");

      assertThatThrownBy(() -> publish(store, 2, "b"))
          .isInstanceOfSatisfying(
              SnapperException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FULL));
      assertThat(join(store.roomLog().read(ROOM, 0, 10, 1000)).messages()).hasSize(1);

      cli.call("CONFIG", "SET", "maxmemory", "0");
      publish(store, 2, "b");
      assertThat(join(store.roomLog().state(ROOM)).top()).isEqualTo(2);
    }
  }

  private RedisStoreOptions options() {
    return RedisStoreOptions.single(redis.address())
        .withPassword(redis.password())
        .withPartitions(PARTITIONS);
  }

  private RedisStore open() {
    return RedisStore.open(options(), Thread::new);
  }

  private static long publish(RedisStore store, long sequence, String payload) {
    return join(store
            .roomLog()
            .publish(new PublishRequest(ROOM, List.of(payload), NODE, sequence, null)))
        .lastOffset();
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static Set<Thread> newThreads(Set<Thread> before) {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeAll(before);
    threads.removeIf(thread -> isOfTheTest(thread.getName()));
    return threads;
  }

  private static boolean isOfTheTest(String name) {
    return name.startsWith("process reaper")
        || name.startsWith("CompletableFutureDelay")
        || name.startsWith("ForkJoinPool")
        || name.startsWith("awaitility")
        || name.startsWith("Attach Listener");
  }

  private static <T> T join(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  private static final class RecordingListener implements PushChannel.Listener {
    private final ConcurrentLinkedQueue<Push> pushes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> resubscribed = new ConcurrentLinkedQueue<>();

    @Override
    public void onPush(int partition, long sequence, Push push) {
      pushes.add(push);
    }

    @Override
    public void onResubscribed(int partition) {
      resubscribed.add(partition);
    }

    private List<String> payloads() {
      return pushes.stream()
          .filter(Push.RoomMessages.class::isInstance)
          .flatMap(push -> ((Push.RoomMessages) push).messages().stream())
          .map(message -> message.payload())
          .toList();
    }
  }
}
