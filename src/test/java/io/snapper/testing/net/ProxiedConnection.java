package io.snapper.testing.net;

import io.snapper.testing.net.CuttableProxy.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection through a {@link CuttableProxy}; of the proxy's thread only. */
public final class ProxiedConnection {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int REMEMBERED_BYTES = 1 << 13;

  private final SocketChannel client;
  private final SocketChannel server;
  private final int serverPort;
  private final String clientAddress;
  private final SelectionKey clientKey;
  private final SelectionKey serverKey;
  private final Flow toServer;
  private final Flow toClient;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private boolean hasEnded;

  ProxiedConnection(SocketChannel client, SocketChannel server, int serverPort, Selector selector)
      throws IOException {
    this.client = client;
    this.server = server;
    this.serverPort = serverPort;
    this.clientAddress =
        ((InetSocketAddress) client.getRemoteAddress()).getAddress().getHostAddress();
    client.configureBlocking(false);
    server.configureBlocking(false);
    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    server.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.toServer = new Flow(client, server);
    this.toClient = new Flow(server, client);
    this.clientKey = client.register(selector, 0, this);
    this.serverKey = server.register(selector, 0, this);
    showInterest();
  }

  /** Returns whether this text is among the first 8 KiB that the client has sent. */
  public boolean hasClientSaid(String text) {
    return said.toString(StandardCharsets.ISO_8859_1).contains(text);
  }

  /** Returns the address that the client has, such as {@code 127.0.0.1}. */
  public String clientAddress() {
    return clientAddress;
  }

  /** Returns the port that it leads to. */
  public int serverPort() {
    return serverPort;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  void stall(Direction direction) {
    flow(direction).isStalled = true;
    showInterest();
  }

  void resume() {
    toServer.isStalled = false;
    toClient.isStalled = false;
    showInterest();
  }

  private Flow flow(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  /** Sends it at once if nothing waits, as it is in tests: the text is short. */
  void inject(String text) {
    try {
      if (toServer.buffer.hasRemaining()
          || server.write(StandardCharsets.ISO_8859_1.encode(text)) < text.length()) {
        throw new IllegalStateException("something waits to be sent on this connection");
      }
    } catch (IOException broken) {
      breakOff();
    }
  }

  void breakOff() {
    hasEnded = true;
    CuttableProxy.reset(client);
    CuttableProxy.reset(server);
  }

  void forward() {
    if (hasEnded) {
      return;
    }
    try {
      toServer.move();
      toClient.move();
      if (toServer.isFinished && toClient.isFinished) {
        hasEnded = true;
        client.close();
        server.close();
      } else {
        showInterest();
      }
    } catch (IOException broken) {
      breakOff();
    }
  }

  private void showInterest() {
    if (!hasEnded) {
      clientKey.interestOps(toServer.readInterest() | toClient.writeInterest());
      serverKey.interestOps(toClient.readInterest() | toServer.writeInterest());
    }
  }

  private final class Flow {
    private final SocketChannel source;
    private final SocketChannel sink;

    /** Between its turns ready for writing into the sink. */
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();

    private boolean isStalled;
    private boolean isAtEnd;
    private boolean isFinished;

    private Flow(SocketChannel source, SocketChannel sink) {
      this.source = source;
      this.sink = sink;
    }

    private void move() throws IOException {
      if (isStalled || isFinished) {
        return;
      }
      if (!isAtEnd && !buffer.hasRemaining()) {
        buffer.clear();
        isAtEnd = source.read(buffer) < 0;
        buffer.flip();
        remember();
      }
      sink.write(buffer);
      if (isAtEnd && !buffer.hasRemaining()) {
        sink.shutdownOutput();
        isFinished = true;
      }
    }

    private void remember() {
      int length = Math.min(buffer.remaining(), REMEMBERED_BYTES - said.size());
      if (source == client && length > 0) {
        said.write(buffer.array(), buffer.position(), length);
      }
    }

    private int readInterest() {
      return isStalled || isAtEnd || buffer.hasRemaining() ? 0 : SelectionKey.OP_READ;
    }

    private int writeInterest() {
      return !isStalled && buffer.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    }
  }
}
