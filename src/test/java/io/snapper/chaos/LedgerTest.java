package io.snapper.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.chaos.Ledger.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final String PHASE = "phase";
  private static final long T = 1_000_000;

  private final Ledger ledger =
      new Ledger(
          new Layout(
              1,
              List.of(
                  consumer("s0", Layout.SNAPPER_CONSUMER), consumer("e0", Layout.ENGINE_IO_CLIENT)),
              List.of(),
              Map.of("room", List.of("s0", "e0"), "other", List.of("e0")),
              Map.of()));

  @Test
  void shouldFindNothingWhenAllIsWell() {
    send(T, "p/room/1", "p/room/2");
    ledger.onAccepted("", 0, List.of("p/room/1", "p/room/2"));
    ledger.onSeen(T + 5, "s0", "a:1-2", List.of("p/room/1", "p/room/2"));
    ledger.onSeen(T + 9, "e0", "a:1", List.of("p/room/1"));
    ledger.onSeen(T + 30, "e0", "a:2", List.of("p/room/2"));

    assertThat(ledger.outstanding(PHASE)).isZero();
    assertThat(tally(Layout.SNAPPER_CONSUMER))
        .usingRecursiveComparison()
        .isEqualTo(expected(2, 2, 5));
    assertThat(tally(Layout.ENGINE_IO_CLIENT))
        .usingRecursiveComparison()
        .isEqualTo(expected(2, 2, 21));
    assertThat(ledger.faults()).isEmpty();
  }

  @Test
  void shouldMissWhatWasAcceptedAndNobodySaw() {
    send(T, "p/room/1");
    ledger.onAccepted("", 0, List.of("p/room/1"));

    assertThat(ledger.outstanding(PHASE)).isEqualTo(2);
    assertThat(tally(Layout.SNAPPER_CONSUMER).lost).isEqualTo(1);
    assertThat(tally(Layout.ENGINE_IO_CLIENT).lost).isEqualTo(1);
  }

  @Test
  void shouldMissWhatOnlyOneMemberSaw() {
    send(T, "p/room/1");
    ledger.onSeen(T, "s0", "a:1", List.of("p/room/1"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).lost).isZero();
    assertThat(tally(Layout.ENGINE_IO_CLIENT).lost).isEqualTo(1);
  }

  @Test
  void shouldNotMissWhatWasNeverAcceptedNorSeen() {
    send(T, "p/room/1", "p/room/2");
    ledger.onRefused(List.of("p/room/1"));

    Tally tally = tally(Layout.SNAPPER_CONSUMER);

    assertThat(tally.lost).isZero();
    assertThat(tally.refused).isEqualTo(1);
    assertThat(tally.uncertain).isEqualTo(1);
  }

  @Test
  void shouldTakeANoticeForTheOffsetsThatItNames() {
    send(T, "p/room/1", "p/room/2", "p/room/3");
    ledger.onAccepted("a", 1, List.of("p/room/1", "p/room/2", "p/room/3"));
    ledger.onNotice(T + 1, "s0", "room", "a", 1, 2);
    ledger.onNotice(T + 1, "e0", "other", "a", 1, 3);
    ledger.onNotice(T + 1, "e0", "room", "b", 1, 3);

    Tally told = tally(Layout.SNAPPER_CONSUMER);
    Tally toldOfOthers = tally(Layout.ENGINE_IO_CLIENT);

    assertThat(told.lost).isEqualTo(1);
    assertThat(told.covered).isEqualTo(2);
    assertThat(toldOfOthers.lost).isEqualTo(3);
  }

  @Test
  void shouldTakeANoticeOfANewEpochForAllFromBefore() {
    send(T, "p/room/1");
    send(T + 10, "p/room/2");
    ledger.onAccepted("a", 1, List.of("p/room/1"));
    ledger.onAccepted("b", 1, List.of("p/room/2"));
    ledger.onNotice(T + 5, "s0", "room", "b", 1, 0);

    Tally tally = tally(Layout.SNAPPER_CONSUMER);

    assertThat(tally.covered).isEqualTo(1);
    assertThat(tally.lost).isEqualTo(1);
  }

  @Test
  void shouldCountWhatComesTwiceAndWhatComesTooLate() {
    send(T, "p/room/1", "p/room/2");
    ledger.onSeen(T, "s0", "a:2", List.of("p/room/2"));
    ledger.onSeen(T, "s0", "a:1-2", List.of("p/room/1", "p/room/2"));

    Tally tally = tally(Layout.SNAPPER_CONSUMER);

    assertThat(tally.repeated).isEqualTo(1);
    assertThat(tally.outOfOrder).isEqualTo(1);
    assertThat(tally.delivered).isEqualTo(3);
    assertThat(ledger.faults()).hasSize(2);
  }

  @Test
  void shouldFindThatTwoProducersCameInAnotherOrderThanThatOfTheLog() {
    send(T, "p/room/1", "q/room/1");
    ledger.onSeen(T, "s0", "a:2", List.of("q/room/1"));
    ledger.onSeen(T, "s0", "a:1", List.of("p/room/1"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).outOfOrder).isEqualTo(1);
  }

  @Test
  void shouldCompareOffsetsOfOneRoomAndEpochOnly() {
    send(T, "p/room/1", "p/other/1", "p/room/2");
    ledger.onSeen(T, "e0", "a:7", List.of("p/room/1"));
    ledger.onSeen(T, "e0", "b:1,c:1", List.of("p/other/1", "p/room/2"));

    assertThat(tally(Layout.ENGINE_IO_CLIENT).outOfOrder).isZero();
  }

  @Test
  void shouldCountWhatWasStoredTwice() {
    send(T, "p/room/1");
    ledger.onSeen(T, "s0", "a:1", List.of("p/room/1"));
    ledger.onSeen(T, "e0", "a:2", List.of("p/room/1"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).storedTwice).isEqualTo(1);
  }

  @Test
  void shouldNotTakeARenewedLogForASecondMessage() {
    send(T, "p/room/1");
    ledger.onSeen(T, "s0", "a:1", List.of("p/room/1"));
    ledger.onSeen(T, "e0", "b:1", List.of("p/room/1"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).storedTwice).isZero();
  }

  @Test
  void shouldFindMessagesThatAreNotForAConsumerOrFromNobody() {
    send(T, "p/other/1");
    ledger.onSeen(T, "s0", "a:1", List.of("p/other/1"));
    ledger.onSeen(T, "s0", "a:2", List.of("p/room/9"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).strange).isEqualTo(2);
  }

  @Test
  void shouldFindTwoMessagesInOnePlace() {
    send(T, "p/room/1", "p/room/2");
    ledger.onSeen(T, "s0", "a:1", List.of("p/room/1"));
    ledger.onSeen(T, "e0", "a:1", List.of("p/room/2"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).strange).isEqualTo(1);
  }

  @Test
  void shouldCountSilenceFromTheConsumersReturn() {
    send(T, "p/room/1");
    ledger.onReturn(T + 400, "s0");
    ledger.onSeen(T + 500, "s0", "a:1", List.of("p/room/1"));
    ledger.onSeen(T + 500, "e0", "a:1", List.of("p/room/1"));

    assertThat(tally(Layout.SNAPPER_CONSUMER).silenceMs).isEqualTo(100);
    assertThat(tally(Layout.ENGINE_IO_CLIENT).silenceMs).isEqualTo(500);
  }

  @Test
  void shouldKnowInALaterPhaseWhatWasSeenBefore() {
    send(T, "p/room/1");
    ledger.onSeen(T, "s0", "a:1", List.of("p/room/1"));
    ledger.beginPhase();

    ledger.onSeen(T + 1, "s0", "a:1", List.of("p/room/1"));

    assertThat(ledger.tally("next", Layout.SNAPPER_CONSUMER).repeated).isEqualTo(1);
  }

  private void send(long timeMs, String... messages) {
    ledger.onSent(timeMs, PHASE, List.of(messages));
  }

  private Tally tally(String client) {
    return ledger.tally(PHASE, client);
  }

  private static Tally expected(int published, int delivered, long silenceMs) {
    Tally tally = new Tally();
    tally.published = published;
    tally.delivered = delivered;
    tally.silenceMs = silenceMs;
    return tally;
  }

  private static Layout.Consumer consumer(String name, String client) {
    return new Layout.Consumer(name, "user", "web", client, 3, List.of("websocket"), false, false);
  }
}
