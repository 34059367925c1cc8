package io.snapper.edge.engineio.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.edge.engineio.TestEdge;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AsyncExchangeTest {
  private static final int BODY_BYTES = 1_000_000;
  private static final long LIMIT_MS = TestEdge.PING_INTERVAL_MS + TestEdge.PING_TIMEOUT_MS;

  private final TestEdge test = new TestEdge();
  private final SlowlyReadRequest request = new SlowlyReadRequest();
  private boolean isOwnerGone;
  private int failures;

  @Test
  void shouldWriteALongAnswerInPieces() throws IOException {
    answer();

    request.read(1000);
    assertThat(request.takenBytes()).isEqualTo(BodyWriter.PIECE_BYTES);
    request.read(BODY_BYTES);

    assertThat(request.takenBytes()).isEqualTo(BODY_BYTES);
    assertThat(request.longestWriteBytes()).isEqualTo(BodyWriter.PIECE_BYTES);
    assertThat(request.completions()).isOne();
    assertThat(failures).isZero();
  }

  @Test
  void shouldGiveUpAnAnswerThatNobodyReadsAfterTheSession() throws IOException {
    answer();
    request.read(1000);
    isOwnerGone = true;

    test.time().advance(LIMIT_MS - 10);
    assertThat(request.completions()).isZero();
    test.time().advance(10);

    assertThat(request.completions()).isOne();
    assertThat(failures).isOne();
    request.read(BODY_BYTES);
    assertThat(request.takenBytes()).isEqualTo(BodyWriter.PIECE_BYTES);
  }

  @Test
  void shouldLetAClientReadSlowlyWhileTheSessionLives() throws IOException {
    answer();
    request.read(1000);

    test.time().advance(3 * LIMIT_MS);
    assertThat(request.completions()).isZero();
    isOwnerGone = true;
    test.time().advance(LIMIT_MS);

    assertThat(request.completions()).isOne();
  }

  @Test
  void shouldEndAnAnswerOnce() throws IOException {
    answer();
    request.read(1000);
    isOwnerGone = true;
    request.read(BODY_BYTES);

    test.time().advance(LIMIT_MS);

    assertThat(request.completions()).isOne();
    assertThat(failures).isZero();
  }

  private void answer() {
    AsyncExchange.begin(request.request(), test.edge(), 0, () -> isOwnerGone, () -> {})
        .answer(Answer.payload("x".repeat(BODY_BYTES)), () -> failures++);
  }
}
