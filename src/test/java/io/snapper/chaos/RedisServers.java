package io.snapper.chaos;

import io.snapper.testing.net.CuttableProxy;
import io.snapper.testing.server.TestRedis;
import io.snapper.testing.store.RedisCli;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several Redis servers that know each other by the addresses of proxies, so that each of them can
 * be cut off from nodes, sentinels and replicas alike.
 */
final class RedisServers implements AutoCloseable {
  private static final Duration CALM = Duration.ofSeconds(4);

  private final List<TestRedis> servers = new ArrayList<>();
  private final List<CuttableProxy> proxies = new ArrayList<>();

  /** Options of a server's command line, from the port by which the others know it. */
  interface Options {
    List<String> of(int announcedPort);
  }

  /** Starts one more server. */
  void add(Options options) {
    int index = servers.size();
    int[] port = {0};
    CuttableProxy proxy = CuttableProxy.to(() -> port[0], "redis-" + index);
    proxies.add(proxy);
    TestRedis server = TestRedis.start(options.of(proxy.port()).toArray(String[]::new));
    servers.add(server);
    port[0] = server.port();
  }

  int count() {
    return servers.size();
  }

  TestRedis server(int index) {
    return servers.get(index);
  }

  CuttableProxy proxy(int index) {
    return proxies.get(index);
  }

  /** Calls a server past its proxy. */
  Object call(int index, Object... command) {
    try (RedisCli cli = new RedisCli(servers.get(index).port(), null)) {
      return cli.call(command);
    }
  }

  boolean isMaster(int index) {
    return servers.get(index).isAlive() && ((List<?>) call(index, "ROLE")).get(0).equals("master");
  }

  /**
   * Returns the fault in which one node reaches none of the servers; nothing if the nodes can't be
   * told apart.
   */
  List<Fault> isolationOfANode() {
    return NodeLibrary.isThere()
        ? List.of(Fault.withRepetition("node isolated 3 s / 10 s", 2, this::isolate))
        : List.of();
  }

  private void isolate(World world, int time) {
    String address = world.oneOfNodes().address();
    proxies.forEach(proxy -> proxy.isolate(one -> one.clientAddress().equals(address)));
    try {
      world.pause(Duration.ofSeconds(time % 2 == 0 ? 3 : 10));
    } finally {
      resume();
    }
    world.pause(CALM);
  }

  void resume() {
    proxies.forEach(CuttableProxy::resume);
  }

  @Override
  public void close() {
    proxies.forEach(CuttableProxy::close);
    servers.forEach(TestRedis::close);
  }
}
