package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.Message;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomState;
import io.snapper.core.store.RoomState.Fork;
import io.snapper.store.StoreFixture.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a {@link io.snapper.core.store.RoomLog} promises of reading and counting. */
public abstract class RoomReadingContract extends StoreContract {
  private static final long NO_LIMIT = Long.MAX_VALUE / 4;

  @Test
  void shouldCountTheMembersOnEachNode() {
    watch(ROOM, NODE, 2);
    watch(ROOM, OTHER_NODE, 5);
    watch(ROOM, NODE, 3);

    assertThat(get(store().roomLog().occupancy(ROOM))).isEqualTo(Map.of(NODE, 3, OTHER_NODE, 5));
  }

  @Test
  void shouldReadInPages() {
    publish("a", "b", "c", "d", "e");

    LogPage page = get(store().roomLog().read(ROOM, 1, 3, NO_LIMIT));
    LogPage last = get(store().roomLog().read(ROOM, 4, 3, NO_LIMIT));
    LogPage behind = get(store().roomLog().read(ROOM, 5, 3, NO_LIMIT));

    assertThat(texts(page.messages())).containsExactly("b", "c", "d");
    assertThat(page.messages()).extracting(Message::offset).containsExactly(2L, 3L, 4L);
    assertThat(page.firstRetained()).isEqualTo(1);
    assertThat(page.state().top()).isEqualTo(5);
    assertThat(texts(last.messages())).containsExactly("e");
    assertThat(behind.messages()).isEmpty();
  }

  @Test
  void shouldReadTheSameWhereverItBeginsAndHoweverItWasPublished() {
    List<String> expected = new ArrayList<>();
    for (int size : new int[] {1, 3, 64, 1, 65, 130, 2, 1}) {
      String[] payloads = new String[size];
      for (int index = 0; index < size; index++) {
        payloads[index] = "m" + expected.size();
        expected.add(payloads[index]);
      }
      publish(payloads);
    }

    for (int after = 0; after <= expected.size(); after++) {
      for (int most : new int[] {1, 50}) {
        List<String> page =
            texts(get(store().roomLog().read(ROOM, after, most, NO_LIMIT)).messages());
        assertThat(page)
            .isEqualTo(expected.subList(after, Math.min(expected.size(), after + most)));
      }
    }
  }

  @Test
  void shouldStopReadingAfterTheMessageThatReachesTheSize() {
    List<String> payloads = new ArrayList<>();
    for (int index = 0; index < 300; index++) {
      payloads.add("é".repeat(index % 7 + 1));
    }
    publish(payloads.toArray(String[]::new));

    for (int maxBytes : new int[] {0, 1, 2, 3, 100, 101, 102, 1000}) {
      List<String> expected = new ArrayList<>();
      int bytes = 0;
      for (String payload : payloads) {
        if (!expected.isEmpty() && bytes >= maxBytes) {
          break;
        }
        expected.add(payload);
        bytes += 2 * payload.length();
      }
      assertThat(texts(get(store().roomLog().read(ROOM, 0, 1000, maxBytes)).messages()))
          .as("at most %d bytes", maxBytes)
          .isEqualTo(expected);
    }
  }

  @Test
  void shouldReadAnEmptyRoom() {
    LogPage page = get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT));

    assertThat(page.state().top()).isZero();
    assertThat(page.firstRetained()).isEqualTo(1);
    assertThat(page.messages()).isEmpty();
  }

  @Test
  void shouldSayWhereTheRetainedMessagesBegin() {
    store(new Retention(10, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
    for (int index = 0; index < 100; index++) {
      publish("x".repeat(10), "y".repeat(10), "z".repeat(10));
    }

    LogPage page = get(store().roomLog().read(ROOM, 0, 1000, NO_LIMIT));

    assertThat(page.state().top()).isEqualTo(300);
    assertThat(page.firstRetained()).isBetween(2L, 291L);
    assertThat(page.messages().get(0).offset()).isEqualTo(page.firstRetained());
    assertThat(page.messages().get(page.messages().size() - 1).offset()).isEqualTo(300);
    assertThat(page.messages()).hasSize((int) (301 - page.firstRetained()));
  }

  @Test
  void shouldKeepOffsetsAndEpochWhenTheMessagesHaveEnded() {
    store(new Retention(10, Duration.ofMillis(200), Duration.ofHours(1), Duration.ofHours(1)));
    Published published = publish("a", "b");

    store().await(() -> get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT)).messages().isEmpty());

    LogPage page = get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT));
    assertThat(page.state())
        .isEqualTo(new RoomState(published.epoch(), 2, page.state().topTimeMs()));
    assertThat(page.state().topTimeMs()).isPositive();
    assertThat(page.firstRetained()).isEqualTo(3);
    assertThat(publish("c").lastOffset()).isEqualTo(3);
    assertThat(get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT)).firstRetained()).isEqualTo(3);
  }

  @Test
  void shouldRenewAnEpochOnce() {
    Published published = publish("a", "b");

    RoomState renewed = get(store().roomLog().renewEpoch(ROOM, published.epoch(), 1));
    RoomState again = get(store().roomLog().renewEpoch(ROOM, published.epoch(), 1));

    assertThat(renewed.epoch()).isNotEqualTo(published.epoch());
    assertThat(renewed.top()).isEqualTo(2);
    assertThat(again).isEqualTo(renewed);
    assertThat(texts(get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT)).messages()))
        .containsExactly("a", "b");
    assertThat(publish("c")).isEqualTo(new Published(renewed.epoch(), 3, 3, false));
  }

  @Test
  void shouldRememberTheEpochsThatALogHadBefore() {
    List<Fork> forks = new ArrayList<>();
    String epoch = publish("a", "b").epoch();
    for (int fork = 0; fork < RoomState.MAX_FORKS + 2; fork++) {
      forks.add(new Fork(epoch, fork));
      epoch = get(store().roomLog().renewEpoch(ROOM, epoch, fork)).epoch();
    }

    RoomState state = get(store().roomLog().state(ROOM));
    LogPage page = get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT));

    assertThat(state.lineage()).isEqualTo(forks.subList(2, forks.size()));
    assertThat(page.state()).isEqualTo(state);
    assertThat(watch(ROOM, NODE, 1)).isEqualTo(state);
  }

  @Test
  void shouldSayWhenTheLastMessageWasStored() {
    assertThat(get(store().roomLog().state(ROOM)).topTimeMs()).isZero();
    publish("a");
    publish("b");

    LogPage page = get(store().roomLog().read(ROOM, 0, 10, NO_LIMIT));

    assertThat(page.state().topTimeMs()).isEqualTo(page.messages().get(1).publishedAtMs());
    assertThat(page.messages().get(0).publishedAtMs()).isPositive();
  }

  @Test
  void shouldKeepABurstButNoMoreThanItsLength() {
    store(
        new Retention(
            10,
            Duration.ofHours(1),
            1_000,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1)));
    for (int index = 0; index < 9; index++) {
      publish(Collections.nCopies(100, "x").toArray(String[]::new));
    }

    long firstOfNineHundred = get(store().roomLog().read(ROOM, 0, 1, NO_LIMIT)).firstRetained();
    for (int index = 0; index < 300; index++) {
      publish(Collections.nCopies(100, "x").toArray(String[]::new));
    }

    assertThat(firstOfNineHundred).isEqualTo(1);
    long top = get(store().roomLog().state(ROOM)).top();
    long firstRetained = get(store().roomLog().read(ROOM, 0, 1, NO_LIMIT)).firstRetained();
    assertThat(top - firstRetained + 1).isBetween(1_000L, 20_000L);
  }

  @Test
  void shouldTrimABurstOnceItIsOld() {
    store(
        new Retention(
            10,
            Duration.ofMillis(200),
            100_000,
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1)));
    for (int index = 0; index < 300; index++) {
      publish(Collections.nCopies(100, "x").toArray(String[]::new));
    }

    store()
        .await(
            () -> {
              long top = publish("y").lastOffset();
              LogPage page = get(store().roomLog().read(ROOM, 0, 1, NO_LIMIT));
              return page.firstRetained() > top / 2;
            });
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::payload).toList();
  }

  @Test
  void shouldIgnoreANumberOfMembersThatALaterOneHasOvertaken() {
    get(store().roomLog().watch(ROOM, NODE, 2, 7));
    get(store().roomLog().watch(ROOM, NODE, 1, 6));
    assertThat(get(store().roomLog().occupancy(ROOM))).isEqualTo(Map.of(NODE, 2));

    get(store().roomLog().watch(ROOM, NODE, 0, 5));
    assertThat(get(store().roomLog().occupancy(ROOM))).isEqualTo(Map.of(NODE, 2));
  }
}
