package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.config.SnapperSettings;
import io.snapper.core.Broker;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.edge.demo.DemoEdge;
import io.snapper.edge.engineio.EngineIoEdge;
import io.snapper.testing.server.TestRedis;
import jakarta.enterprise.concurrent.ManageableThread;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The broker's own classes inside Payara Micro: that its parts find each other. */
@ArquillianTest
class WiringIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DATA = "wiring";

  @Inject SnapperSettings settings;
  @Inject Broker broker;
  @Inject BrokerNode node;
  @Inject TokenVerifier verifier;
  @Inject TokenIssuer issuer;
  @Inject EngineIoEdge consumers;
  @Inject DemoEdge demo;
  @Inject @Readiness Instance<HealthCheck> readiness;

  @Deployment
  static WebArchive archive() {
    // Ends with this JVM: it has to outlive the server, whose end is not this class's.
    TestRedis redis = TestRedis.start();
    return BrokerArchives.broker(
        Map.of(
            "snapper.redis.address",
            redis.address(),
            "snapper.data.dir",
            Directories.empty(DATA).toString(),
            "snapper.producer.port",
            "0",
            "snapper.demo.enabled",
            "true"),
        WiringIT.class,
        Leftovers.class);
  }

  private void awaitReady() {
    Awaitility.await().atMost(LIMIT).until(() -> broker.obstacles().isEmpty());
    Awaitility.await().atMost(LIMIT).until(() -> node.producerPort().isPresent());
  }

  @Test
  void shouldResolveTheBeansThatEdgesAskFor() {
    assertThat(List.of(settings, broker, node, verifier, issuer, consumers, demo))
        .doesNotContainNull();
    assertThat(settings.demoEnabled()).isTrue();
    assertThat(demo.isEnabled()).isTrue();
    assertThat(node.broker()).isSameAs(broker);
    assertThat(verifier).isSameAs(issuer);
    assertThat(verifier.verifyProducer(issuer.issueProducer("back-end", 4_000_000_000L)).name())
        .isEqualTo("back-end");
  }

  @Test
  void shouldBecomeReadyWithARealRedis() {
    awaitReady();

    assertThat(readiness.stream().map(check -> check.call().getStatus().name()))
        .containsExactly("UP");
    assertThat(node.producerPort()).hasValueSatisfying(port -> assertThat(port).isPositive());
  }

  @Test
  void shouldRunOnThreadsOfTheContainerThatSayWhatTheyDo() {
    awaitReady();

    Set<Thread> ours =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("snapper-"))
            .collect(Collectors.toSet());

    assertThat(ours)
        .extracting(Thread::getName)
        .allMatch(name -> name.matches("snapper-[a-z]+-\\d+"));
    assertThat(ours)
        .extracting(thread -> thread.getName().split("-")[1])
        .contains("lane", "redis", "producer", "timer");
    assertThat(ours).allSatisfy(thread -> assertThat(thread).isInstanceOf(ManageableThread.class));
    assertThat(ours).allMatch(Thread::isDaemon);
  }

  @Test
  void shouldStartNoOtherThread() {
    awaitReady();

    Set<String> others = Leftovers.ofABroker(Leftovers.threadNames());
    others.removeIf(name -> name.startsWith("snapper-"));

    // The clock of Redisson's timeouts, and Netty's own thread for notices; no setting moves them.
    assertThat(others).allMatch(name -> name.matches("redisson-timer-.*|globalEventExecutor-.*"));
  }

  @Test
  @RunAsClient
  void shouldOpenEachResourceForItsRolesAlone(@ArquillianResource URL url) {
    URI root = URI.create(url.toString());
    Awaitility.await().atMost(LIMIT).until(() -> SimpleClient.readiness(root) == 200);

    new ResourceRoles(root, new HttpTokens(Path.of("target", "boot", DATA))).check();
  }
}
