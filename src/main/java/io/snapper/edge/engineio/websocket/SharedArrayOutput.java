package io.snapper.edge.engineio.websocket;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * Copies long writes into an array of the thread, so that whoever keeps the array that was written
 * keeps one that others have been written from, too. That is allowed: a stream that has returned
 * from a write must not read the caller's array any more.
 */
final class SharedArrayOutput extends ServletOutputStream {
  /** In bytes. Grizzly keeps nothing of what it copies. */
  private static final int LONGEST_COPIED_BY_GRIZZLY = 8 * 1024;

  private static final ThreadLocal<byte[]> SHARED = ThreadLocal.withInitial(() -> new byte[0]);

  private final ServletOutputStream output;

  SharedArrayOutput(ServletOutputStream output) {
    this.output = output;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (length <= LONGEST_COPIED_BY_GRIZZLY) {
      output.write(octets, offset, length);
    } else {
      byte[] shared = sharedOf(length);
      System.arraycopy(octets, offset, shared, 0, length);
      output.write(shared, 0, length);
    }
  }

  /** Returns the thread's array; a larger one takes the place of one that is too small. */
  private static byte[] sharedOf(int length) {
    byte[] shared = SHARED.get();
    if (shared.length < length) {
      // Powers of two: connections keep few different ones.
      shared = new byte[Integer.highestOneBit(length - 1) << 1];
      SHARED.set(shared);
    }
    return shared;
  }

  @Override
  public void write(int octet) throws IOException {
    output.write(octet);
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }

  @Override
  public boolean isReady() {
    return output.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    output.setWriteListener(listener);
  }
}
