package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.Broker;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.PresenceChange;
import io.snapper.testing.server.TestRedis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** That a bean in the server hears who comes online and who goes. */
@ArquillianTest
class PresenceEventsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Hears, and fails at what it hears first. */
  @ApplicationScoped
  public static class Audience {
    private final List<PresenceChange> heard = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    void hear(@Observes PresenceChange change) {
      heard.add(change);
      threads.add(Thread.currentThread().getName());
      if (heard.size() == 1) {
        throw new IllegalStateException("on purpose");
      }
    }

    List<PresenceChange> heard() {
      return heard;
    }

    List<String> threads() {
      return threads;
    }
  }

  /** A device that takes everything and says nothing. */
  public static class SilentDevice implements ConsumerConnection {
    @Override
    public void deliver(Batch batch) {
      // It doesn't answer.
    }

    @Override
    public void notifyGap(GapNotice notice) {
      // It doesn't care.
    }

    @Override
    public OptionalLong checkHeartbeat(long nowNanos) {
      return OptionalLong.of(nowNanos);
    }

    @Override
    public void close(CloseReason reason) {
      // It ends with the test.
    }
  }

  @Inject Broker broker;
  @Inject Audience audience;

  @Deployment
  static WebArchive archive() {
    TestRedis redis = TestRedis.start();
    return BrokerArchives.broker(
        Map.of(
            "snapper.redis.address",
            redis.address(),
            "snapper.data.dir",
            Directories.empty("presence").toString(),
            "snapper.producer.port",
            "0",
            "snapper.presence.events",
            "true"),
        PresenceEventsIT.class,
        Audience.class,
        SilentDevice.class);
  }

  @Test
  void shouldTellTheObserversInTheServerWhoComesAndWhoGoes() throws Exception {
    Awaitility.await().atMost(LIMIT).until(() -> broker.obstacles().isEmpty());
    ConsumerIdentity ann =
        new ConsumerIdentity(
            new ConsumerId("i.ann"), new UserId("ann"), DeviceKind.IOS, 4_000_000_000L);

    ConsumerSession session =
        broker
            .connect(ann, new SilentDevice(), Optional.empty())
            .toCompletableFuture()
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Awaitility.await().atMost(LIMIT).until(() -> audience.heard().size() == 1);
    session.disconnected(CloseReason.CLIENT_GONE);
    Awaitility.await().atMost(LIMIT).until(() -> audience.heard().size() == 2);

    assertThat(audience.heard()).extracting(PresenceChange::isOnline).containsExactly(true, false);
    assertThat(audience.heard())
        .allSatisfy(
            change -> {
              assertThat(change.user()).isEqualTo(ann.user());
              assertThat(change.device()).isEqualTo(DeviceKind.IOS);
              assertThat(change.node()).isEqualTo(broker.node());
            });
    assertThat(audience.threads()).allMatch(name -> name.matches("snapper-presence-\\d+"));
  }
}
