package io.snapper.testing.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One connection to a Redis on this machine, to look into it from outside. Not thread safe. */
public final class RedisCli implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;
  private final DataInputStream answers;

  /** Connects. */
  public RedisCli(int port, String password) {
    try {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(TIMEOUT_MS);
      answers = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (password != null) {
      call("AUTH", password);
    }
  }

  /**
   * Sends a command and returns its answer: a String, a Long, null, or a List of these.
   *
   * @throws IllegalStateException if Redis answers with an error
   */
  public Object call(Object... command) {
    try {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.write(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      for (Object word : command) {
        byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
        request.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        request.write(bytes);
        request.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      socket.getOutputStream().write(request.toByteArray());
      return answer();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Object answer() throws IOException {
    char kind = (char) answers.readUnsignedByte();
    String line = line();
    switch (kind) {
      case '+':
        return line;
      case '-':
        throw new IllegalStateException(line);
      case ':':
        return Long.parseLong(line);
      case '$':
        int length = Integer.parseInt(line);
        if (length < 0) {
          return null;
        }
        byte[] bytes = new byte[length];
        answers.readFully(bytes);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
      default:
        List<Object> items = new ArrayList<>();
        for (int left = Integer.parseInt(line); left > 0; left--) {
          items.add(answer());
        }
        return items;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = answers.readUnsignedByte();
        octet != '\r';
        octet = answers.readUnsignedByte()) {
      line.append((char) octet);
    }
    answers.readUnsignedByte();
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
