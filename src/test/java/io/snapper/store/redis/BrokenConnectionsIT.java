package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.net.CuttableProxy;
import io.snapper.testing.store.RedisProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RFuture;

/**
 * A Redis that is away behind something that accepts connections and breaks them, as load balancers
 * and sidecars do.
 */
class BrokenConnectionsIT {
  private static final int BROKEN_CONNECTIONS = 4_000;
  private static final int CALLS_AT_ONCE = 20;
  private static final int OUTAGES = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ExecutorService listeners = Executors.newSingleThreadExecutor();
  private RedisProcess redis;
  private CuttableProxy proxy;
  private Redisson redisson;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    proxy = CuttableProxy.to(redis.port());
    redisson =
        RedisConnector.connect(
            RedisStoreOptions.single(URI.create("redis://127.0.0.1:" + proxy.port()))
                .withPassword(redis.password()),
            Executors.defaultThreadFactory(),
            listeners);
  }

  @AfterEach
  void stop() {
    redisson.shutdown(0, 1, TimeUnit.SECONDS);
    listeners.shutdown();
    proxy.close();
    redis.close();
  }

  @Test
  void shouldOpenItsConnectionsAgainAfterThousandsBrokeBeforeTheyWereOpen() {
    int connections = proxy.openConnections();
    for (int outage = 0; outage < OUTAGES; outage++) {
      assertThat(failures()).isZero();
      proxy.refuse();
      proxy.cut();
      for (int count = 0; count < BROKEN_CONNECTIONS; count += CALLS_AT_ONCE) {
        assertThat(failures()).isEqualTo(CALLS_AT_ONCE);
      }
      proxy.accept();
      Awaitility.await().atMost(PATIENCE).until(() -> failures() == 0);
    }

    proxy.cut();

    // Nobody calls: what opens them is what stands still if it was left with thousands to open.
    // There may be more than at first: a call in an outage's last moments opens one of its own.
    Awaitility.await().atMost(PATIENCE).until(() -> proxy.openConnections() >= connections);
    assertThat(failures()).isZero();
  }

  /** Makes calls and returns how many of them fail; each asks for a connection. */
  private int failures() {
    List<RFuture<byte[]>> calls = new ArrayList<>();
    for (int index = 0; index < CALLS_AT_ONCE; index++) {
      calls.add(redisson.<byte[]>getBucket("key").getAsync());
    }
    int failures = 0;
    for (RFuture<byte[]> call : calls) {
      try {
        call.toCompletableFuture().join();
      } catch (CompletionException failure) {
        failures++;
      }
    }
    return failures;
  }
}
