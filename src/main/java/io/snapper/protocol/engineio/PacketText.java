package io.snapper.protocol.engineio;

import io.snapper.protocol.json.Utf8;
import java.util.Base64;

/** What the text forms of both revisions have in common. */
final class PacketText {

  private PacketText() {}

  /** A text packet: one digit, then the data. */
  static EngineIoPacket decode(String packet) throws EngineIoProtocolException {
    if (packet.isEmpty()) {
      throw new EngineIoProtocolException("an empty packet");
    }
    EngineIoPacketType type = EngineIoPacketType.ofDigit(packet.charAt(0));
    return packet.length() == 1 && type == EngineIoPacketType.PING
        ? EngineIoPacket.PING
        : EngineIoPacket.ofText(type, packet.substring(1));
  }

  static String encode(EngineIoPacket packet) {
    return packet.type().digit() + packet.text();
  }

  static byte[] decodeBase64(String text, int from) throws EngineIoProtocolException {
    try {
      return Base64.getDecoder().decode(text.substring(from));
    } catch (IllegalArgumentException malformed) {
      throw new EngineIoProtocolException("malformed base64");
    }
  }

  static String encodeBase64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The text of a range of bytes in UTF-8. */
  static String decodeUtf8(byte[] bytes, int from, int length) throws EngineIoProtocolException {
    return Utf8.decode(bytes, from, length)
        .orElseThrow(() -> new EngineIoProtocolException("malformed UTF-8"));
  }
}
