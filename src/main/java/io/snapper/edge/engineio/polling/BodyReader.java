package io.snapper.edge.engineio.polling;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads a request's body as it comes, up to a limit, and tells the outcome once. */
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
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
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
        isOver = true;
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
      isOver = true;
      outcome.onBody(body.toByteArray());
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!isOver) {
      isOver = true;
      outcome.onBroken();
    }
  }
}
