package io.snapper.protocol.engineio;

import java.util.ArrayList;
import java.util.List;

/**
 * Revision 4. Packets of a payload are separated by U+001E; bytes are always a message, raw in a
 * binary frame and {@code b<base64>} in text.
 */
final class Revision4Codec implements EngineIoRevision.Codec {

  private static final char SEPARATOR = '\u001e';

  @Override
  public String encodeText(EngineIoPacket packet) {
    return packet.isBinary()
        ? "b" + PacketText.encodeBase64(encodeBinary(packet))
        : PacketText.encode(packet);
  }

  @Override
  public byte[] encodeBinary(EngineIoPacket packet) {
    if (packet.type() != EngineIoPacketType.MESSAGE) {
      throw new IllegalArgumentException("Only messages have bytes in revision 4: " + packet);
    }
    return packet.bytes();
  }

  @Override
  public EngineIoPacket decodeText(String frame) throws EngineIoProtocolException {
    return frame.startsWith("b")
        ? decodeBinary(PacketText.decodeBase64(frame, 1))
        : PacketText.decode(frame);
  }

  @Override
  public EngineIoPacket decodeBinary(byte[] frame) {
    return EngineIoPacket.ofBytes(EngineIoPacketType.MESSAGE, frame);
  }

  @Override
  public String encodePayload(List<EngineIoPacket> packets) {
    StringBuilder out = new StringBuilder();
    for (EngineIoPacket packet : packets) {
      String text = encodeText(packet);
      if (text.indexOf(SEPARATOR) >= 0) {
        throw new IllegalArgumentException("U+001E can't be in a payload: " + packet);
      }
      if (out.length() > 0) {
        out.append(SEPARATOR);
      }
      out.append(text);
    }
    return out.toString();
  }

  @Override
  public List<EngineIoPacket> decodePayload(String payload, EngineIoLimits limits)
      throws EngineIoProtocolException {
    List<EngineIoPacket> packets = new ArrayList<>();
    int from = 0;
    int to;
    do {
      int separator = payload.indexOf(SEPARATOR, from);
      to = separator < 0 ? payload.length() : separator;
      limits.checkPackets(packets.size() + 1);
      packets.add(decodeText(payload.substring(from, to)));
      from = to + 1;
    } while (to < payload.length());
    return packets;
  }

  @Override
  public List<EngineIoPacket> decodeBinaryPayload(byte[] payload, EngineIoLimits limits)
      throws EngineIoProtocolException {
    throw new EngineIoProtocolException("a binary payload, which revision 4 does not have");
  }
}
