package io.snapper.edge.producer;

import io.netty.handler.codec.DecoderException;

/**
 * Bytes that are no frame of ours. The text is for the log: it tells the rule and never repeats
 * what came in.
 */
final class BrokenFrameException extends DecoderException {
  private static final long serialVersionUID = 1L;

  BrokenFrameException(String message) {
    super(message);
  }

  @Override
  public Throwable fillInStackTrace() {
    // A caller's mistake: where in our code it was noticed says nothing.
    return this;
  }
}
