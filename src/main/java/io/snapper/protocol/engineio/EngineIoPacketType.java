package io.snapper.protocol.engineio;

/** What a packet is for; the ordinal is its number on the wire. */
public enum EngineIoPacketType {
  /** From the server: the session is open, with its parameters as JSON. */
  OPEN,
  /** The transport is to be closed. */
  CLOSE,
  /** A heartbeat: from the client in revision 3, from the server in revision 4. */
  PING,
  /** The answer to a ping, with the same data. */
  PONG,
  /** Data of the application. */
  MESSAGE,
  /** From the client: go on with this transport. */
  UPGRADE,
  /** Nothing; ends a poll. */
  NOOP;

  private static final EngineIoPacketType[] BY_NUMBER = values();

  /** The digit that text packets of this type start with. */
  public char digit() {
    return (char) ('0' + ordinal());
  }

  static EngineIoPacketType ofDigit(char digit) throws EngineIoProtocolException {
    return ofNumber(digit - '0');
  }

  static EngineIoPacketType ofNumber(int number) throws EngineIoProtocolException {
    if (number < 0 || number >= BY_NUMBER.length) {
      throw new EngineIoProtocolException("a packet of unknown type " + number);
    }
    return BY_NUMBER[number];
  }
}
