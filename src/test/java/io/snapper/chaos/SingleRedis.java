package io.snapper.chaos;

import io.snapper.testing.net.CuttableProxy;
import io.snapper.testing.server.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Redis that appends to a file, with a proxy for each node. */
final class SingleRedis implements RedisSystem {
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration LONGER_THAN_LEASE = Duration.ofSeconds(10);
  private static final Duration CALM = Duration.ofSeconds(5);

  private final String fsync;
  private final TestRedis redis;
  private final List<CuttableProxy> proxies = new ArrayList<>();

  /**
   * Starts one.
   *
   * @param fsync {@code everysec} or {@code always}
   */
  SingleRedis(String fsync, int nodes) {
    this.fsync = fsync;
    redis = TestRedis.start("--appendonly", "yes", "--appendfsync", fsync);
    for (int node = 0; node < nodes; node++) {
      proxies.add(CuttableProxy.to(redis.port()));
    }
  }

  @Override
  public String name() {
    return "single " + fsync;
  }

  @Override
  public Map<String, String> settings(int node) {
    return Map.of("snapper.redis.address", "redis://127.0.0.1:" + proxies.get(node).port());
  }

  @Override
  public int cut(int node) {
    return proxies.get(node).cut();
  }

  @Override
  public void stall(int node) {
    proxies.get(node).stall();
  }

  @Override
  public void resume() {
    proxies.forEach(CuttableProxy::resume);
  }

  @Override
  public List<Fault> faults() {
    return List.of(
        Fault.withRepetition(
            "Redis kill -9, restart",
            2,
            (world, time) -> {
              redis.kill();
              world.pause(AWAY);
              redis.restart();
              world.pause(CALM);
            }),
        Fault.withRepetition("Redis away 10 s", 2, this::goAway));
  }

  /**
   * Away for longer than the lease, so that every node believes every other one dead when it is
   * back. The first time it can't be reached; the second time it is stopped in order: a kill may
   * lose data with everysec, and that is the other fault.
   */
  private void goAway(World world, int time) {
    boolean isStopped = time % 2 == 1;
    if (isStopped) {
      redis.stop();
    } else {
      proxies.forEach(CuttableProxy::refuse);
      proxies.forEach(CuttableProxy::cut);
    }
    try {
      world.pause(LONGER_THAN_LEASE);
    } finally {
      if (isStopped) {
        redis.restart();
      }
      proxies.forEach(CuttableProxy::accept);
    }
    world.pause(CALM);
  }

  @Override
  public void close() {
    proxies.forEach(CuttableProxy::close);
    redis.close();
  }
}
