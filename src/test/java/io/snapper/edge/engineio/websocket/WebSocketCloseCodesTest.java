package io.snapper.edge.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WebSocketCloseCodesTest {
  private static final int LONGEST_REASON_BYTES = 123;

  @ParameterizedTest
  @CsvSource({
    "DRAINING, 1012, draining; retry-after=1",
    "UNAVAILABLE, 1013, unavailable; retry-after=1",
    "TAKEN_OVER, 4001, taken over",
    "HEARTBEAT_TIMEOUT, 4004, heartbeat timeout"
  })
  void shouldSayByCodeWhetherAndByReasonWhenToComeBack(CloseReason reason, int code, String text) {
    assertThat(WebSocketCloseCodes.of(reason).getCloseCode().getCode()).isEqualTo(code);
    assertThat(WebSocketCloseCodes.of(reason).getReasonPhrase()).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(CloseReason.class)
  void shouldFitIntoACloseFrame(CloseReason reason) {
    assertThat(WebSocketCloseCodes.of(reason).getReasonPhrase())
        .hasSizeLessThanOrEqualTo(LONGEST_REASON_BYTES);
  }
}
