package io.snapper.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.store.RoomState.Fork;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomStateTest {
  private final RoomState state =
      new RoomState("e4", 20, 1, List.of(new Fork("e1", 9), new Fork("e2", 5), new Fork("e3", 12)));

  @Test
  void shouldLeavePlacesOfThePresentEpochAsTheyAre() {
    assertThat(state.mapped("e4", 30)).hasValue(30);
  }

  @Test
  void shouldTakeTheLowestForkOnTheWay() {
    assertThat(state.mapped("e1", 11)).hasValue(5);
    assertThat(state.mapped("e2", 4)).hasValue(4);
    assertThat(state.mapped("e3", 100)).hasValue(12);
  }

  @Test
  void shouldKnowWhichEpochsAreOfThisLog() {
    assertThat(state.isOfThisLog("e2")).isTrue();
    assertThat(state.isOfThisLog("other")).isFalse();
    assertThat(state.mapped("other", 1)).isEmpty();
  }
}
