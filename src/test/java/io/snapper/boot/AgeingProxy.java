package io.snapper.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a Redis and makes it say that it is one of version 6. */
final class AgeingProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ServerSocket acceptor = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int redisPort;

  AgeingProxy(int redisPort) throws IOException {
    this.redisPort = redisPort;
    run(this::accept);
  }

  String address() {
    return "redis://127.0.0.1:" + acceptor.getLocalPort();
  }

  /** What ends when the other side does. */
  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // One of the sides has ended, so this does, too.
              }
            },
            "ageing-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = acceptor.accept();
      Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
      sockets.add(client);
      sockets.add(redis);
      run(() -> client.getInputStream().transferTo(redis.getOutputStream()));
      run(() -> copyAged(redis.getInputStream(), client.getOutputStream()));
    }
  }

  /** The answer comes in one piece: it is short, and Redis writes it at once. */
  private static void copyAged(InputStream redis, OutputStream client) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int length = redis.read(buffer); length >= 0; length = redis.read(buffer)) {
      String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      String aged = text.replaceAll("redis_version:\\d", "redis_version:6");
      client.write(aged.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
