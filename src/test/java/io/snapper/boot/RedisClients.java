package io.snapper.boot;

import io.snapper.testing.store.RedisCli;

/** Asks a Redis who is connected to it. Not thread safe. */
final class RedisClients implements AutoCloseable {
  private final RedisCli cli;

  RedisClients(int port) {
    cli = new RedisCli(port, null);
  }

  /** Returns how many connections there are besides this one. */
  long count() {
    String list = (String) cli.call("CLIENT", "LIST");
    return list.lines().filter(line -> !line.isBlank()).count() - 1;
  }

  /** Returns the connection for other questions. */
  RedisCli cli() {
    return cli;
  }

  @Override
  public void close() {
    cli.close();
  }
}
