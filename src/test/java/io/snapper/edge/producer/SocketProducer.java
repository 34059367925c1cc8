package io.snapper.edge.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A producer on a real socket that does exactly what a test says, also what no client would. */
final class SocketProducer implements AutoCloseable {
  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;

  private SocketProducer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
    output = socket.getOutputStream();
  }

  static SocketProducer unauthenticated(int port) throws IOException {
    return new SocketProducer(port);
  }

  static SocketProducer connect(int port) throws IOException {
    SocketProducer producer = new SocketProducer(port);
    producer.send(EmbeddedProducer.auth());
    producer.receive();
    return producer;
  }

  void send(String json) throws IOException {
    output.write(EmbeddedProducer.frame(json));
  }

  void sendBytes(byte[] bytes) throws IOException {
    output.write(bytes);
  }

  /** Returns the next frame, or null if the server has ended its side. */
  String receive() throws IOException {
    int first = input.read();
    if (first < 0) {
      return null;
    }
    int length = 0;
    for (int digit = input.read(); digit != '\r'; digit = input.read()) {
      length = 10 * length + digit - '0';
    }
    input.skipNBytes(1);
    String text = new String(input.readNBytes(length), UTF_8);
    input.skipNBytes(2);
    return text;
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection: the other side learns of it by a reset. */
  void breakOff() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
