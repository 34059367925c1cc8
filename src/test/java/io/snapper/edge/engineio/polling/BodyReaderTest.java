package io.snapper.edge.engineio.polling;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private final List<String> outcomes = new ArrayList<>();
  private final ArrivingBody input = new ArrivingBody();
  private final BodyReader reader =
      new BodyReader(
          input,
          10,
          new BodyReader.Outcome() {
            @Override
            public void onBody(byte[] body) {
              outcomes.add("body " + new String(body, StandardCharsets.UTF_8));
            }

            @Override
            public void onTooLarge() {
              outcomes.add("too large");
            }

            @Override
            public void onBroken() {
              outcomes.add("broken");
            }
          });

  @Test
  void shouldPutBodyTogetherFromWhatArrives() throws IOException {
    input.arrive("12345");
    reader.onDataAvailable();
    assertThat(outcomes).isEmpty();

    input.arrive("67890");
    reader.onDataAvailable();
    input.end();
    reader.onAllDataRead();

    assertThat(outcomes).containsExactly("body 1234567890");
  }

  @Test
  void shouldFinishOnceWhenTheEndIsSeenEarly() throws IOException {
    input.arrive("abc");
    input.end();

    reader.onDataAvailable();
    reader.onAllDataRead();

    assertThat(outcomes).containsExactly("body abc");
    assertThat(input.questionsAfterEnd).isZero();
  }

  @Test
  void shouldStopReadingOverTheLimit() throws IOException {
    input.arrive("12345678901");

    reader.onDataAvailable();
    input.arrive("more");
    reader.onDataAvailable();
    reader.onAllDataRead();

    assertThat(outcomes).containsExactly("too large");
    assertThat(input.available()).isEqualTo(4);
  }

  @Test
  void shouldTellOfBodyThatBreaksOff() throws IOException {
    input.arrive("123");
    reader.onDataAvailable();

    reader.onError(new IOException("reset"));

    assertThat(outcomes).containsExactly("broken");
  }

  private static final class ArrivingBody extends ServletInputStream {
    private byte[] arrived = {};
    private boolean isEnded;
    private int questionsAfterEnd;

    void arrive(String text) {
      arrived = text.getBytes(StandardCharsets.UTF_8);
    }

    void end() {
      isEnded = true;
    }

    @Override
    public boolean isFinished() {
      return isEnded;
    }

    @Override
    public boolean isReady() {
      if (isEnded && arrived.length == 0) {
        questionsAfterEnd++;
      }
      return arrived.length > 0;
    }

    @Override
    public int available() {
      return arrived.length;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the test calls the listener itself");
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in chunks");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, arrived.length);
      System.arraycopy(arrived, 0, target, offset, count);
      arrived = new byte[0];
      return count;
    }
  }
}
