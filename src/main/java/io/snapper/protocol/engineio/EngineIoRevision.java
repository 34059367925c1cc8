package io.snapper.protocol.engineio;

import java.util.List;
import java.util.Optional;

/**
 * A revision of the protocol, with its codec. Every {@code decode…} throws {@link
 * EngineIoProtocolException} for whatever input is not its own, and nothing else; every {@code
 * encode…} writes what the engine.io parser of that revision writes. Thread-safe.
 */
public enum EngineIoRevision {
  /** Engine.IO 3: engine.io-client up to 3.x. The client pings. */
  V3(3, new Revision3Codec()),
  /** Engine.IO 4: engine.io-client from 4.x. The server pings. */
  V4(4, new Revision4Codec());

  /** The codec of one revision; see the methods of {@link EngineIoRevision}. */
  interface Codec {
    String encodeText(EngineIoPacket packet);

    byte[] encodeBinary(EngineIoPacket packet);

    EngineIoPacket decodeText(String frame) throws EngineIoProtocolException;

    EngineIoPacket decodeBinary(byte[] frame) throws EngineIoProtocolException;

    String encodePayload(List<EngineIoPacket> packets);

    List<EngineIoPacket> decodePayload(String payload, EngineIoLimits limits)
        throws EngineIoProtocolException;

    List<EngineIoPacket> decodeBinaryPayload(byte[] payload, EngineIoLimits limits)
        throws EngineIoProtocolException;
  }

  private final int number;
  private final Codec codec;

  EngineIoRevision(int number, Codec codec) {
    this.number = number;
    this.codec = codec;
  }

  /**
   * The revision that the query parameter {@code EIO} asks for. Without the parameter it is
   * revision 3, as for engine.io's servers.
   */
  public static Optional<EngineIoRevision> ofQuery(Optional<String> parameter) {
    return switch (parameter.orElse("3")) {
      case "3" -> Optional.of(V3);
      case "4" -> Optional.of(V4);
      default -> Optional.empty();
    };
  }

  /** The number of the revision. */
  public int number() {
    return number;
  }

  /** Whether the server sends the pings and the client the pongs. */
  public boolean isPingedByServer() {
    return this == V4;
  }

  /** A packet as a WebSocket text frame; binary data in base64. */
  public String encodeText(EngineIoPacket packet) {
    return codec.encodeText(packet);
  }

  /**
   * A packet with bytes as a WebSocket binary frame.
   *
   * @throws IllegalArgumentException if the packet has text, or in revision 4 is no message
   */
  public byte[] encodeBinary(EngineIoPacket packet) {
    if (!packet.isBinary()) {
      throw new IllegalArgumentException("No bytes in " + packet);
    }
    return codec.encodeBinary(packet);
  }

  /** The packet of a WebSocket text frame. */
  public EngineIoPacket decodeText(String frame) throws EngineIoProtocolException {
    return codec.decodeText(frame);
  }

  /** The packet of a WebSocket binary frame. */
  public EngineIoPacket decodeBinary(byte[] frame) throws EngineIoProtocolException {
    return codec.decodeBinary(frame);
  }

  /**
   * Packets as the body of a polling answer or request, to be sent as UTF-8 text.
   *
   * @param packets at least one
   * @throws IllegalArgumentException if the revision can't carry a text: revision 4 has no way to
   *     write U+001E, which no JSON text contains
   */
  public String encodePayload(List<EngineIoPacket> packets) {
    if (packets.isEmpty()) {
      throw new IllegalArgumentException("A payload has at least one packet");
    }
    return codec.encodePayload(packets);
  }

  /** The packets of a polling body that has been decoded to text. */
  public List<EngineIoPacket> decodePayload(String payload, EngineIoLimits limits)
      throws EngineIoProtocolException {
    limits.checkLength(payload.length());
    return codec.decodePayload(payload, limits);
  }

  /**
   * The packets of a polling body as it came in.
   *
   * @param body the bytes
   * @param isBinary whether its content type is {@code application/octet-stream}, which only
   *     revision 3 has; any other type means text in UTF-8
   */
  public List<EngineIoPacket> decodeBody(byte[] body, boolean isBinary, EngineIoLimits limits)
      throws EngineIoProtocolException {
    limits.checkLength(body.length);
    return isBinary
        ? codec.decodeBinaryPayload(body, limits)
        : codec.decodePayload(PacketText.decodeUtf8(body, 0, body.length), limits);
  }
}
