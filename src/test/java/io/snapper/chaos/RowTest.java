package io.snapper.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.chaos.Ledger.Tally;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTest {
  private static final Fault RECONNECT =
      Fault.withoutRepetition("reconnect", 1, (world, time) -> {});
  private static final Fault KILL = Fault.withRepetition("kill", 1, (world, time) -> {});

  @ParameterizedTest
  @CsvSource({
    "snapper-consumer, false, false, true",
    "snapper-consumer, false, true, false",
    "snapper-consumer, true, false, true",
    "snapper-consumer, true, true, true",
    "engine.io-client, false, true, true",
    "engine.io-client, true, true, true",
  })
  void shouldAllowRepetitionWhereNothingElseIsPromised(
      String client, boolean isStrict, boolean isKill, boolean isBroken) {
    Tally tally = new Tally();
    tally.repeated = 1;

    Row row = new Row("single", isStrict, 1, client, isKill ? KILL : RECONNECT, tally);

    assertThat(row.isBroken()).isEqualTo(isBroken);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, 0", "0, 1, 0, 0", "0, 0, 1, 0", "0, 0, 0, 1"})
  void shouldNeverAllowLossDisorderOrWhatIsStoredTwice(
      int lost, int outOfOrder, int strange, int storedTwice) {
    Tally tally = new Tally();
    tally.lost = lost;
    tally.outOfOrder = outOfOrder;
    tally.strange = strange;
    tally.storedTwice = storedTwice;

    for (Fault fault : List.of(RECONNECT, KILL)) {
      assertThat(new Row("single", false, 1, Layout.SNAPPER_CONSUMER, fault, tally).isBroken())
          .isTrue();
    }
  }
}
