package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.PublishRequest.Key;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import io.snapper.store.StoreFixture.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a {@link io.snapper.core.store.RoomLog} promises of publishing and pushing. */
public abstract class PublishingContract extends StoreContract {
  private static final long NO_LIMIT = Long.MAX_VALUE / 4;

  /** Characters that some encoding might break, among them surrogates without their other half. */
  private static final List<String> AWKWARD_PAYLOADS =
      List.of(
          "",
          "\0",
          "a\0b\r\n\t",
          "\"\\",
          "\u2028\u2029\uFEFF",
          "😀",
          "\uD83D",
          "\uDE00\uD83D",
          "é\uD800é",
          "{\"emoji\":\"\uD83D\uDE00\"}",
          "\u0080\u07FF\u0800\uFFFF");

  @Test
  void shouldNumberMessagesFromOneWithoutHoles() {
    Published first = publish("a");
    Published second = publish("b", "c", "d");

    assertThat(first).isEqualTo(new Published(first.epoch(), 1, 1, false));
    assertThat(second).isEqualTo(new Published(first.epoch(), 2, 4, false));
    RoomState state = get(store().roomLog().state(ROOM));
    assertThat(state).isEqualTo(new RoomState(first.epoch(), 4, state.topTimeMs()));
  }

  @Test
  void shouldKeepRoomsApart() {
    Published one = publish(new RoomName("one"), "a", "b");
    Published two = publish(new RoomName("two"), "c");

    assertThat(one.lastOffset()).isEqualTo(2);
    assertThat(two.lastOffset()).isEqualTo(1);
    assertThat(one.epoch()).isNotEqualTo(two.epoch());
  }

  @Test
  void shouldStoreARequestOnceHoweverOftenItComes() {
    RecordedPushes pushes = listenAs(NODE);
    watch(ROOM, NODE, 1);
    PublishRequest request = new PublishRequest(ROOM, List.of("a", "b"), OTHER_NODE, 7, null);

    Published first = get(store().roomLog().publish(request));
    Published again = get(store().roomLog().publish(request));

    assertThat(again).isEqualTo(new Published(first.epoch(), 1, 2, true));
    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(2);
    publish("c");
    pushes.await(2);
    assertThat(texts(pushes.messages())).containsExactly("a", "b", "c");
  }

  @Test
  void shouldRefuseARequestThatALaterOneOfItsPublisherHasOvertaken() {
    get(store().roomLog().publish(new PublishRequest(ROOM, List.of("b"), NODE, 2, null)));

    assertRefused(
        store().roomLog().publish(new PublishRequest(ROOM, List.of("a"), NODE, 1, null)),
        ErrorCode.CONFLICT);

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(1);
  }

  @Test
  void shouldCountTheRequestsOfEachPublisherAndRoomForThemselves() {
    RoomName other = new RoomName("other");

    get(store().roomLog().publish(new PublishRequest(ROOM, List.of("a"), NODE, 9, null)));
    get(store().roomLog().publish(new PublishRequest(ROOM, List.of("b"), OTHER_NODE, 1, null)));
    get(store().roomLog().publish(new PublishRequest(other, List.of("c"), NODE, 1, null)));

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(2);
    assertThat(get(store().roomLog().state(other)).top()).isEqualTo(1);
  }

  @Test
  void shouldStoreWhatComesForManyRoomsAtOnce() {
    RecordedPushes pushes = listenAs(NODE);
    List<RoomName> rooms = IntStream.range(0, 300).mapToObj(i -> new RoomName("r" + i)).toList();
    rooms.forEach(room -> watch(room, NODE, 1));

    List<CompletionStage<Published>> answers = new ArrayList<>();
    for (long sequence = 1; sequence <= 3; sequence++) {
      for (RoomName room : rooms) {
        List<String> payloads = List.of(room + " " + sequence, "é\n\t" + sequence);
        answers.add(
            store()
                .roomLog()
                .publish(new PublishRequest(room, payloads, OTHER_NODE, sequence, null)));
      }
    }

    for (int index = 0; index < answers.size(); index++) {
      long first = 1 + 2 * (index / rooms.size());
      Published stored = get(answers.get(index));
      assertThat(stored).isEqualTo(new Published(stored.epoch(), first, first + 1, false));
    }
    pushes.await(answers.size());
    for (RoomName room : rooms) {
      assertThat(texts(pushes.messagesOf(room)))
          .containsExactly(room + " 1", "é\n\t1", room + " 2", "é\n\t2", room + " 3", "é\n\t3");
    }
    pushes.assertNumberedWithoutHoles();
  }

  @Test
  void shouldAnswerEachOfManyRequestsByItself() {
    RoomName last = new RoomName("last");
    get(store().roomLog().publish(new PublishRequest(last, List.of("a"), NODE, 7, null)));
    Published keyed = get(store().roomLog().publish(named(1, "key", "digest", "a")));

    CompletionStage<Published> earlier = atOnce(last, 6, null);
    CompletionStage<Published> same = atOnce(last, 7, null);
    CompletionStage<Published> repeated = atOnce(ROOM, 2, new Key("key", "digest"));
    CompletionStage<Published> conflicting = atOnce(ROOM, 3, new Key("key", "other digest"));
    CompletionStage<Published> next = atOnce(ROOM, 4, null);
    CompletionStage<Published> other = atOnce(new RoomName("other"), 5, null);

    assertRefused(earlier, ErrorCode.CONFLICT);
    assertThat(get(same).repeated()).isTrue();
    assertThat(get(repeated)).isEqualTo(new Published(keyed.epoch(), 1, 1, true));
    assertRefused(conflicting, ErrorCode.CONFLICT);
    assertThat(get(next)).isEqualTo(new Published(keyed.epoch(), 2, 2, false));
    assertThat(get(other).lastOffset()).isEqualTo(1);
  }

  private CompletionStage<Published> atOnce(
      RoomName room, long sequence, PublishRequest.Idempotency name) {
    return store().roomLog().publish(new PublishRequest(room, List.of("x"), NODE, sequence, name));
  }

  @Test
  void shouldStoreOncePerIdempotencyKey() {
    Published first = get(store().roomLog().publish(named(1, "key", "digest", "a")));

    Published again = get(store().roomLog().publish(named(2, "key", "digest", "a")));

    assertThat(again).isEqualTo(new Published(first.epoch(), 1, 1, true));
    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnIdempotencyKeyForOtherContent() {
    get(store().roomLog().publish(named(1, "key", "digest of a", "a")));

    assertRefused(
        store().roomLog().publish(named(2, "key", "digest of b", "b")), ErrorCode.CONFLICT);

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(1);
  }

  @Test
  void shouldKeepIdempotencyKeysOfRoomsApart() {
    RoomName room = new RoomName("a:b");
    RoomName other = new RoomName("a");

    get(store().roomLog().publish(named(room, 1, "c", "x")));
    get(store().roomLog().publish(named(other, 1, "b:c", "y")));

    assertThat(get(store().roomLog().state(other)).top()).isEqualTo(1);
  }

  @Test
  void shouldForgetAnIdempotencyKeyAfterItsLife() {
    store(new Retention(10, Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(200)));
    get(store().roomLog().publish(named(1, "key", "digest", "a")));
    long[] sequence = {1};

    store()
        .await(
            () ->
                !get(store().roomLog().publish(named(++sequence[0], "key", "digest", "a")))
                    .repeated());

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(2);
  }

  @Test
  void shouldStoreOnceWhatAProducerNumbersAndRepeatsAtAnyNode() {
    Published first = get(store().roomLog().publish(numbered(NODE, 1, "p", 7, 0, "a", "b")));

    Published again = get(store().roomLog().publish(numbered(OTHER_NODE, 1, "p", 7, 0, "a", "b")));

    assertThat(again).isEqualTo(new Published(first.epoch(), 1, 2, true));
    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(2);
  }

  @Test
  void shouldTakeANumberThatIsNotAfterTheLastOneForStored() {
    Published last = get(store().roomLog().publish(numbered(NODE, 1, "p", 900, 1, "a")));

    for (Sequence earlier :
        List.of(new Sequence("p", 900, 0), new Sequence("p", 899, 7), new Sequence("p", 99, 0))) {
      Published late = get(store().roomLog().publish(numbered(OTHER_NODE, 1, earlier, "late")));
      assertThat(late).isEqualTo(new Published(last.epoch(), 1, 1, true));
    }

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(1);
  }

  @Test
  void shouldStoreWhatComesAfterTheLastNumberOfAProducer() {
    get(store().roomLog().publish(numbered(NODE, 1, "p", 9, 0, "a")));

    get(store().roomLog().publish(numbered(NODE, 2, "p", 9, 1, "b")));
    get(store().roomLog().publish(numbered(NODE, 3, "p", 9, 10, "c")));
    get(store().roomLog().publish(numbered(NODE, 4, "p", 10, 0, "d")));
    get(store().roomLog().publish(numbered(NODE, 5, "p", Sequence.MAX_NUMBER - 1, 0, "e")));
    get(store().roomLog().publish(numbered(NODE, 6, "p", Sequence.MAX_NUMBER, 0, "f")));

    assertThat(texts(get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT)).messages()))
        .containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void shouldCountTheNumbersOfEachProducerAndRoomForThemselves() {
    RoomName other = new RoomName("other");

    get(store().roomLog().publish(numbered(NODE, 1, "p", 5, 0, "a")));
    get(store().roomLog().publish(numbered(NODE, 2, "q", 1, 0, "b")));
    get(store().roomLog().publish(new PublishRequest(ROOM, List.of("c"), NODE, 3, null)));
    get(store().roomLog().publish(named(4, "p", "digest", "d")));
    get(
        store()
            .roomLog()
            .publish(new PublishRequest(other, List.of("e"), NODE, 1, new Sequence("p", 1, 0))));

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(4);
    assertThat(get(store().roomLog().state(other)).top()).isEqualTo(1);
  }

  @Test
  void shouldForgetTheNumberOfAProducerAfterItsLife() {
    store(new Retention(10, Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(200)));
    get(store().roomLog().publish(numbered(NODE, 1, "p", 5, 0, "a")));
    long[] request = {1};

    store()
        .await(
            () ->
                !get(store().roomLog().publish(numbered(NODE, ++request[0], "p", 5, 0, "a")))
                    .repeated());

    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(2);
  }

  @Test
  void shouldPushToEveryWatchingNodeInTheOrderOfOffsets() {
    RecordedPushes pushes = listenAs(NODE);
    RecordedPushes others = listenAs(OTHER_NODE);
    watch(ROOM, NODE, 1);
    watch(ROOM, OTHER_NODE, 5);

    for (int index = 0; index < 50; index++) {
      publish("first of " + index, "second of " + index);
    }

    pushes.await(50);
    others.await(50);
    assertThat(pushes.messages()).extracting(Message::offset).isSorted().hasSize(100);
    assertThat(texts(pushes.messages())).isEqualTo(texts(others.messages()));
    assertThat(pushes.received())
        .extracting(RecordedPushes.Received::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
    assertThat(pushes.received())
        .allMatch(push -> push.partition() == pushes.channel().partitionOf(ROOM));
  }

  @Test
  void shouldCarryRoomEpochAndTimeInAPush() {
    RecordedPushes pushes = listenAs(NODE);
    RoomName room = new RoomName("Räume: {1}\u00A0😀");
    watch(room, NODE, 1);

    Published published = publish(room, "a", "b");

    Push.RoomMessages push = (Push.RoomMessages) pushes.await(1).get(0);
    assertThat(push.room()).isEqualTo(room);
    assertThat(push.epoch()).isEqualTo(published.epoch());
    LogPage page = get(store().roomLog().read(room, 0, 10, NO_LIMIT));
    assertThat(push.messages())
        .usingRecursiveComparison()
        .comparingOnlyFields("offset", "payload", "publishedAtMs")
        .isEqualTo(page.messages());
  }

  @Test
  void shouldSayInAPushWhenTheMessageBeforeWasStored() {
    RecordedPushes pushes = listenAs(NODE);
    watch(ROOM, NODE, 1);

    publish("a", "b");
    publish("c");

    List<Push> received = pushes.await(2);
    List<Message> log = get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT)).messages();
    assertThat(received.stream().map(Push.RoomMessages.class::cast))
        .extracting(Push.RoomMessages::previousTimeMs)
        .containsExactly(0L, log.get(1).publishedAtMs());
  }

  @Test
  void shouldGiveBackEveryPayloadAsItCame() {
    RecordedPushes pushes = listenAs(NODE);
    watch(ROOM, NODE, 1);

    publish(AWKWARD_PAYLOADS.toArray(String[]::new));

    pushes.await(1);
    assertThat(texts(pushes.messages())).isEqualTo(AWKWARD_PAYLOADS);
    assertThat(texts(get(store().roomLog().read(ROOM, 0, 100, NO_LIMIT)).messages()))
        .isEqualTo(AWKWARD_PAYLOADS);
  }

  @Test
  void shouldTakeThousandsOfMessagesInOneRequest() {
    RecordedPushes pushes = listenAs(NODE);
    watch(ROOM, NODE, 1);
    List<String> payloads = Collections.nCopies(20_000, "x");

    publish(payloads.toArray(String[]::new));

    pushes.await(1);
    assertThat(pushes.messages()).hasSize(20_000);
    assertThat(get(store().roomLog().state(ROOM)).top()).isEqualTo(20_000);
  }

  @Test
  void shouldTakeMessagesOfAMebibyte() {
    RecordedPushes pushes = listenAs(NODE);
    watch(ROOM, NODE, 1);
    String payload = "é".repeat(1 << 19);

    publish(payload, payload);

    pushes.await(1);
    assertThat(texts(pushes.messages())).containsExactly(payload, payload);
  }

  @Test
  void shouldNotPushToANodeThatHasStoppedWatching() {
    RecordedPushes pushes = listenAs(NODE);
    watch(ROOM, NODE, 2);
    watch(ROOM, NODE, 0);
    RoomName marker = new RoomName("marker");
    watch(marker, NODE, 1);

    publish("unseen");
    publish(marker, "seen");

    pushes.await(1);
    assertThat(texts(pushes.messages())).containsExactly("seen");
  }

  @Test
  void shouldForgetTheInterestOfANodeThatReceivesNothing() {
    watch(ROOM, OTHER_NODE, 3);

    publish("a");

    assertThat(get(store().roomLog().occupancy(ROOM))).isEmpty();
  }

  @Test
  void shouldCoverEveryMessageByTheReturnedTopOrByAPush() throws InterruptedException {
    RecordedPushes pushes = listenAs(NODE);
    Thread publisher =
        new Thread(
            () -> {
              for (int index = 0; index < 300; index++) {
                publish("m" + index);
              }
            });

    publisher.start();
    store().await(() -> get(store().roomLog().state(ROOM)).top() > 50);
    RoomState watched = watch(ROOM, NODE, 1);
    publisher.join();

    store().await(() -> watched.top() + pushes.messages().size() >= 300);
    TreeSet<Long> covered = new TreeSet<>();
    for (long offset = 1; offset <= watched.top(); offset++) {
      covered.add(offset);
    }
    pushes.messages().forEach(message -> covered.add(message.offset()));
    assertThat(covered).hasSize(300);
    assertThat(covered.last()).isEqualTo(300);
  }

  @Test
  void shouldStoreRequestsOfManyThreadsWithoutHoles() {
    List<CompletableFuture<Published>> requests = new ArrayList<>();
    for (int index = 0; index < 200; index++) {
      requests.add(
          store()
              .roomLog()
              .publish(
                  new PublishRequest(
                      ROOM, List.of("a", "b"), new NodeId("publisher-" + index), 1, null))
              .toCompletableFuture());
    }

    List<Long> offsets = new ArrayList<>();
    for (CompletableFuture<Published> request : requests) {
      offsets.add(get(request).firstOffset());
    }

    Collections.sort(offsets);
    for (int index = 0; index < offsets.size(); index++) {
      assertThat(offsets.get(index)).isEqualTo(2L * index + 1);
    }
  }

  private static PublishRequest named(
      long sequence, String key, String fingerprint, String payload) {
    return new PublishRequest(ROOM, List.of(payload), NODE, sequence, new Key(key, fingerprint));
  }

  private static PublishRequest named(RoomName room, long sequence, String key, String payload) {
    return new PublishRequest(
        room, List.of(payload), NODE, sequence, new Key(key, "digest of " + payload));
  }

  private static PublishRequest numbered(
      NodeId node, long request, String producer, long number, int part, String... payloads) {
    return numbered(node, request, new Sequence(producer, number, part), payloads);
  }

  private static PublishRequest numbered(
      NodeId node, long request, Sequence sequence, String... payloads) {
    return new PublishRequest(ROOM, List.of(payloads), node, request, sequence);
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::payload).toList();
  }
}
