package io.snapper.store.redis;

import io.snapper.testing.store.RedisProcess;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The scripts on a single Redis. */
class RedisScriptsIT extends ScriptProperties {
  private static RedisProcess server;
  private static ComparedRedis redis;

  @BeforeContainer
  static void start() {
    server = RedisProcess.start();
    redis =
        new ComparedRedis(
            RedisStoreOptions.single(server.address()).withPassword(server.password()),
            List.of(server),
            (slot, from, to) -> {
              throw new UnsupportedOperationException("there is one master");
            });
  }

  @AfterContainer
  static void stop() {
    redis.close();
    server.close();
  }

  @Override
  ComparedRedis redis() {
    return redis;
  }
}
