package io.snapper.load;

import java.nio.ByteBuffer;

/** WebSocket frames of a client. */
final class Frames {
  private static final int FINAL_TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private Frames() {}

  /**
   * Returns a complete text frame, ready to be written. The masking key is zero: it is there
   * because the protocol asks for one, and it lets one frame serve all consumers.
   */
  static ByteBuffer text(byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + 14);
    frame.put((byte) FINAL_TEXT);
    if (payload.length < TWO_BYTES) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
    }
    return frame.putInt(0).put(payload).flip().asReadOnlyBuffer();
  }

  /** Returns the length of a server's frame head at {@code at}, or 0 if it isn't complete. */
  static int headLength(byte[] buffer, int at, int end) {
    if (end - at < 2) {
      return 0;
    }
    int length = buffer[at + 1] & 0x7f;
    int head = length == TWO_BYTES ? 4 : length == EIGHT_BYTES ? 10 : 2;
    return end - at < head ? 0 : head;
  }

  /** Returns the length of the payload behind a complete head. */
  static long payloadLength(byte[] buffer, int at) {
    int length = buffer[at + 1] & 0x7f;
    int bytes = length == TWO_BYTES ? 2 : length == EIGHT_BYTES ? 8 : 0;
    if (bytes == 0) {
      return length;
    }
    long value = 0;
    for (int index = 0; index < bytes; index++) {
      value = value << 8 | buffer[at + 2 + index] & 0xff;
    }
    return value;
  }

  static boolean isText(byte[] buffer, int at) {
    return (buffer[at] & 0x0f) == 1;
  }

  static boolean isClose(byte[] buffer, int at) {
    return (buffer[at] & 0x0f) == 8;
  }
}
