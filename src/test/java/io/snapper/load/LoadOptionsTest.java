package io.snapper.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadOptionsTest {
  @Test
  void shouldTakeDefaultsForWhatIsNotGiven() throws LoadOptions.Misuse {
    LoadOptions options = LoadOptions.parse(new String[] {"--secret", "s", "--duration", "500ms"});

    assertThat(options.consumers()).isEqualTo(200);
    assertThat(options.duration()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.isClosedLoop()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--consumers, 0, must be 1",
    "--consumers, many, must be 1",
    "--consumers, 1.5, a whole number",
    "--slow-share, 2, must be 0",
    "--silent-share, -1, must be 0",
    "--burst, 0, must be 1",
    "--duration, 20, 500ms or 20s",
    "--servers, http://127.0.0.1:80, must be one of [ws]",
    "--producers, tcp://127.0.0.1, with host and port",
    "--processes, one, must be numbers",
    "--colour, red, unknown option"
  })
  void shouldNameTheValueAndTheRule(String name, String value, String rule) {
    assertThatThrownBy(() -> LoadOptions.parse(new String[] {"--secret", "s", name, value}))
        .isInstanceOf(LoadOptions.Misuse.class)
        .hasMessageContaining(rule);
  }

  @Test
  void shouldExpectNothingForThoseWhoNeverAcknowledge() throws LoadOptions.Misuse {
    String[] given = {
      "--secret", "s", "--consumers", "7", "--rooms", "2", "--silent-share", "0.57"
    };

    RoomPlan plan = new RoomPlan(LoadOptions.parse(given));

    assertThat(plan.membersOf(0)).isEqualTo(2);
    assertThat(plan.membersOf(1)).isEqualTo(1);
  }

  @Test
  void shouldAskForTheSecret() {
    assertThatThrownBy(() -> LoadOptions.parse(new String[0]))
        .hasMessageContaining("--secret is needed");
  }
}
