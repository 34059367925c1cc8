package io.snapper.protocol.engineio;

import java.util.Arrays;
import java.util.Objects;

/**
 * A packet, with text or with bytes.
 *
 * @param type what it is for
 * @param text its data, empty if it has none; null if it has bytes
 * @param bytes its binary data, not copied; null if it has text
 */
public record EngineIoPacket(EngineIoPacketType type, String text, byte[] bytes) {

  /** Ends a poll without saying anything. */
  public static final EngineIoPacket NOOP = new EngineIoPacket(EngineIoPacketType.NOOP, "", null);

  /** Asks for the transport to be closed. */
  public static final EngineIoPacket CLOSE = new EngineIoPacket(EngineIoPacketType.CLOSE, "", null);

  /** A heartbeat. */
  public static final EngineIoPacket PING = new EngineIoPacket(EngineIoPacketType.PING, "", null);

  /** Checks that there is either text or bytes. */
  public EngineIoPacket {
    Objects.requireNonNull(type, "type");
    if ((text == null) == (bytes == null)) {
      throw new IllegalArgumentException("A packet has either text or bytes");
    }
  }

  /** A packet with text. */
  public static EngineIoPacket ofText(EngineIoPacketType type, String text) {
    return new EngineIoPacket(type, text, null);
  }

  /** A packet with bytes. */
  public static EngineIoPacket ofBytes(EngineIoPacketType type, byte[] bytes) {
    return new EngineIoPacket(type, null, bytes);
  }

  /** A message with text. */
  public static EngineIoPacket message(String text) {
    return new EngineIoPacket(EngineIoPacketType.MESSAGE, text, null);
  }

  /** The answer to a ping with this data. */
  public static EngineIoPacket pong(String text) {
    return new EngineIoPacket(EngineIoPacketType.PONG, text, null);
  }

  /** Whether the data is bytes. */
  public boolean isBinary() {
    return bytes != null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EngineIoPacket that
        && type == that.type
        && Objects.equals(text, that.text)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, text, Arrays.hashCode(bytes));
  }

  /** The type and the amount of data: never the data, which may be long or private. */
  @Override
  public String toString() {
    return isBinary()
        ? type + "[" + bytes.length + " bytes]"
        : type + "[" + text.length() + " characters]";
  }
}
