package io.snapper.edge.engineio.polling;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes a body as the client reads it, and tells the outcome once. In pieces: the container holds
 * what it couldn't send yet, and may hold it long after the request is over.
 */
final class BodyWriter implements WriteListener {
  static final int PIECE_BYTES = 64 * 1024;

  /** Gets the outcome, on one of the container's threads or on the one that gives up. */
  interface Outcome {
    /** The container has taken all. */
    void onWritten();

    /** The client has gone, or has been given up. */
    void onBroken();

    /** The rest waits for the client. Called at most once, before the outcome. */
    void onStalled();
  }

  private final ServletOutputStream output;
  private final Outcome outcome;
  // Whoever raises it from 0 owns what isn't final or volatile, until it is 0 again.
  private final AtomicInteger turns = new AtomicInteger();
  private byte[] body;
  private int writtenBytes;
  private boolean isStalled;
  private volatile boolean isGivenUp;
  private volatile boolean isOver;

  BodyWriter(ServletOutputStream output, byte[] body, Outcome outcome) {
    this.output = output;
    this.body = body;
    this.outcome = outcome;
  }

  /** Returns whether the outcome is known. */
  boolean isOver() {
    return isOver;
  }

  /** Writes no more; the outcome is broken unless all is written. */
  void giveUp() {
    isGivenUp = true;
    takeTurn();
  }

  @Override
  public void onWritePossible() {
    takeTurn();
  }

  @Override
  public void onError(Throwable failure) {
    giveUp();
  }

  private void takeTurn() {
    if (turns.getAndIncrement() > 0) {
      return;
    }
    do {
      onTurn();
    } while (turns.decrementAndGet() > 0);
  }

  private void onTurn() {
    if (isOver) {
      return;
    }
    try {
      if (isGivenUp) {
        end();
        outcome.onBroken();
      } else if (writeWhatFits()) {
        end();
        outcome.onWritten();
      } else if (!isStalled) {
        isStalled = true;
        outcome.onStalled();
      }
    } catch (IOException gone) {
      end();
      outcome.onBroken();
    }
  }

  /** Returns whether all is written. */
  private boolean writeWhatFits() throws IOException {
    while (output.isReady()) {
      // Ready after the last piece means that this, too, is out of the container's hands.
      if (writtenBytes == body.length) {
        return true;
      }
      byte[] piece = nextPiece();
      writtenBytes += piece.length;
      output.write(piece);
    }
    return false;
  }

  /** A copy, since a container that has sent a part of an array keeps the whole. */
  private byte[] nextPiece() {
    return body.length <= PIECE_BYTES
        ? body
        : Arrays.copyOfRange(body, writtenBytes, Math.min(body.length, writtenBytes + PIECE_BYTES));
  }

  private void end() {
    isOver = true;
    body = null;
  }
}
