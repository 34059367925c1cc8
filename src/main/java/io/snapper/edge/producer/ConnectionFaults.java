package io.snapper.edge.producer;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The log lines about connections that end because of a fault. None shows what came in. */
final class ConnectionFaults {
  private static final Logger LOG = System.getLogger(ConnectionFaults.class.getName());

  private ConnectionFaults() {}

  /**
   * Logs why a connection is closed.
   *
   * @param connection who it is
   */
  static void log(String connection, Throwable cause) {
    if (cause instanceof BrokenFrameException broken) {
      LOG.log(Level.WARNING, () -> connection + " is closed: it sent " + broken.getMessage());
    } else if (cause instanceof DecoderException) {
      // The decoder's own text repeats parts of what came in.
      LOG.log(Level.WARNING, () -> connection + " is closed: it sent broken RESP");
    } else if (cause instanceof IOException) {
      LOG.log(Level.DEBUG, () -> connection + " is gone: " + cause.getMessage());
    } else {
      LOG.log(Level.ERROR, () -> connection + " is closed after a fault", cause);
    }
  }
}
