package io.snapper.protocol.engineio;

/**
 * Something that came in is not Engine.IO, or is over a limit. The session it came for should be
 * closed; a request without a session gets {@link EngineIoError#BAD_REQUEST}.
 */
public final class EngineIoProtocolException extends Exception {

  private static final long serialVersionUID = 1L;

  /** An exception whose message says in a few words what is wrong. */
  public EngineIoProtocolException(String message) {
    // Made for every bad input, and nobody looks at where in the codec it was found.
    super(message, null, false, false);
  }
}
