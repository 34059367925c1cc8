package io.snapper.edge.engineio.polling;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Reads a request's body as it comes, up to a limit, and tells the outcome once. It lets go of the
 * body then: WildFly holds on to a connection's last reader until the next request.
 */
final class BodyReader implements ReadListener {
  private static final int CHUNK_BYTES = 4096;

  /** Gets the outcome, on one of the container's threads. */
  interface Outcome {
    void onBody(byte[] body);

    /** More came than the limit; the rest is not read. */
    void onTooLarge();

    /** The body broke off. */
    void onBroken();
  }

  private final ServletInputStream input;
  private final int limitBytes;
  private final Outcome outcome;
  private ByteArrayOutputStream body = new ByteArrayOutputStream(256);
  private byte[] chunk;
  private boolean isOver;

  BodyReader(ServletInputStream input, int limitBytes, Outcome outcome) {
    this.input = input;
    this.limitBytes = limitBytes;
    this.outcome = outcome;
  }

  @Override
  public void onDataAvailable() throws IOException {
    if (chunk == null) {
      chunk = new byte[CHUNK_BYTES];
    }
    // Asked once more whether it is ready after the last byte, Payara reports the end twice, the
    // second
    // time when the request is over.
    while (!isOver && !isAtEnd() && input.isReady()) {
      int count = input.read(chunk);
      if (count < 0) {
        break;
      }
      if (body.size() + count > limitBytes) {
        end();
        outcome.onTooLarge();
        return;
      }
      body.write(chunk, 0, count);
    }
    if (isAtEnd()) {
      onAllDataRead();
    }
  }

  /** Payara calls a body finished when all has come, read or not. */
  private boolean isAtEnd() throws IOException {
    return input.isFinished() && input.available() <= 0;
  }

  @Override
  public void onAllDataRead() {
    if (!isOver) {
      byte[] all = body.toByteArray();
      end();
      outcome.onBody(all);
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!isOver) {
      end();
      outcome.onBroken();
    }
  }

  private void end() {
    isOver = true;
    body = null;
    chunk = null;
  }
}
