package io.snapper.protocol.engineio;

/**
 * How large a polling payload may be.
 *
 * @param maxPayload the longest payload: bytes for bytes, UTF-16 units for text
 * @param maxPackets the most packets in one payload
 */
public record EngineIoLimits(int maxPayload, int maxPackets) {

  /** As many packets as a payload may have unless configured; clients send far fewer. */
  public static final int DEFAULT_PACKETS = 1000;

  /** Checks the ranges. */
  public EngineIoLimits {
    if (maxPayload < 1 || maxPackets < 1) {
      throw new IllegalArgumentException(
          "Limits are at least 1, not " + maxPayload + " and " + maxPackets);
    }
  }

  /** The usual number of packets with a longest payload. */
  public static EngineIoLimits ofPayload(int maxPayload) {
    return new EngineIoLimits(maxPayload, DEFAULT_PACKETS);
  }

  void checkLength(int length) throws EngineIoProtocolException {
    if (length > maxPayload) {
      throw new EngineIoProtocolException(
          "a payload of " + length + " where the limit is " + maxPayload);
    }
  }

  void checkPackets(int packets) throws EngineIoProtocolException {
    if (packets > maxPackets) {
      throw new EngineIoProtocolException("a payload of more than " + maxPackets + " packets");
    }
  }
}
