package io.snapper.protocol.engineio;

import java.util.ArrayList;
import java.util.List;

/**
 * Revision 3. A text payload is {@code <length>:<packet>} again and again, lengths in UTF-16 units.
 * A binary payload is for each packet a byte 0 (text) or 1 (bytes), the digits of its length in
 * bytes as bytes 0 to 9, a byte 255, the packet. Bytes in text are {@code b<type><base64>}.
 */
final class Revision3Codec implements EngineIoRevision.Codec {

  /** More digits than any length within an int. */
  private static final int MOST_DIGITS = 9;

  private static final int END_OF_LENGTH = 255;

  @Override
  public String encodeText(EngineIoPacket packet) {
    return packet.isBinary()
        ? "b" + packet.type().digit() + PacketText.encodeBase64(packet.bytes())
        : PacketText.encode(packet);
  }

  @Override
  public byte[] encodeBinary(EngineIoPacket packet) {
    byte[] frame = new byte[packet.bytes().length + 1];
    frame[0] = (byte) packet.type().ordinal();
    System.arraycopy(packet.bytes(), 0, frame, 1, packet.bytes().length);
    return frame;
  }

  @Override
  public EngineIoPacket decodeText(String frame) throws EngineIoProtocolException {
    if (!frame.startsWith("b")) {
      return PacketText.decode(frame);
    }
    if (frame.length() == 1) {
      throw new EngineIoProtocolException("a base64 packet without a type");
    }
    EngineIoPacketType type = EngineIoPacketType.ofDigit(frame.charAt(1));
    return EngineIoPacket.ofBytes(type, PacketText.decodeBase64(frame, 2));
  }

  @Override
  public EngineIoPacket decodeBinary(byte[] frame) throws EngineIoProtocolException {
    return decodeBinary(frame, 0, frame.length);
  }

  @Override
  public String encodePayload(List<EngineIoPacket> packets) {
    StringBuilder out = new StringBuilder();
    for (EngineIoPacket packet : packets) {
      String text = encodeText(packet);
      out.append(text.length()).append(':').append(text);
    }
    return out.toString();
  }

  @Override
  public List<EngineIoPacket> decodePayload(String payload, EngineIoLimits limits)
      throws EngineIoProtocolException {
    if (payload.isEmpty()) {
      throw new EngineIoProtocolException("an empty payload");
    }
    List<EngineIoPacket> packets = new ArrayList<>();
    int index = 0;
    while (index < payload.length()) {
      int colon = payload.indexOf(':', index);
      if (colon < 0) {
        throw new EngineIoProtocolException("a packet without its length");
      }
      int from = colon + 1;
      int to = from + lengthIn(payload, index, colon);
      if (to > payload.length()) {
        throw new EngineIoProtocolException("a packet shorter than its length");
      }
      // "0:" is how engine.io's parser writes a payload without packets.
      if (to > from) {
        limits.checkPackets(packets.size() + 1);
        packets.add(decodeText(payload.substring(from, to)));
      }
      index = to;
    }
    return packets;
  }

  @Override
  public List<EngineIoPacket> decodeBinaryPayload(byte[] payload, EngineIoLimits limits)
      throws EngineIoProtocolException {
    List<EngineIoPacket> packets = new ArrayList<>();
    int index = 0;
    while (index < payload.length) {
      int kind = payload[index];
      if (kind != 0 && kind != 1) {
        throw new EngineIoProtocolException("a packet that is neither text nor binary");
      }
      int digits = index + 1;
      int marker = digits;
      int length = 0;
      while (marker < payload.length && (payload[marker] & 0xFF) != END_OF_LENGTH) {
        length = appendDigit(length, payload[marker], marker - digits);
        marker++;
      }
      int from = marker + 1;
      // Compared like this, no length can overflow.
      if (marker == digits || from > payload.length || length > payload.length - from) {
        throw new EngineIoProtocolException("a packet without its length or shorter than it");
      }
      limits.checkPackets(packets.size() + 1);
      packets.add(
          kind == 0
              ? decodeText(PacketText.decodeUtf8(payload, from, length))
              : decodeBinary(payload, from, length));
      index = from + length;
    }
    if (packets.isEmpty()) {
      throw new EngineIoProtocolException("an empty payload");
    }
    return packets;
  }

  private static EngineIoPacket decodeBinary(byte[] bytes, int from, int length)
      throws EngineIoProtocolException {
    if (length == 0) {
      throw new EngineIoProtocolException("an empty packet");
    }
    byte[] data = new byte[length - 1];
    System.arraycopy(bytes, from + 1, data, 0, data.length);
    return EngineIoPacket.ofBytes(EngineIoPacketType.ofNumber(bytes[from]), data);
  }

  private static int lengthIn(String payload, int from, int to) throws EngineIoProtocolException {
    if (from == to) {
      throw new EngineIoProtocolException("a packet without its length");
    }
    int length = 0;
    for (int index = from; index < to; index++) {
      length = appendDigit(length, payload.charAt(index) - '0', index - from);
    }
    return length;
  }

  private static int appendDigit(int length, int digit, int place)
      throws EngineIoProtocolException {
    if (digit < 0 || digit > 9 || place >= MOST_DIGITS) {
      throw new EngineIoProtocolException("a length that is no number of up to 9 digits");
    }
    return length * 10 + digit;
  }
}
