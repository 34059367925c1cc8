package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.TestRedis;
import io.snapper.testing.store.RedisCli;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Deploys and undeploys the broker beside itself, inside Payara Micro, and looks what is left. */
@ArquillianTest
class UndeployIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String APPLICATION = "broker";

  @Deployment
  static WebArchive archive() {
    TestRedis redis = TestRedis.start();
    return BrokerArchives.tests(
        Map.of(
            "redis.port", Integer.toString(redis.port()),
            "snapper.redis.address", redis.address(),
            "snapper.data.dir", Directories.empty("undeploy").toString(),
            "snapper.producer.port", Integer.toString(FreePorts.next()),
            "war", Directories.built("snapper.war").toString()),
        UndeployIT.class,
        Leftovers.class,
        SimpleClient.class,
        RedisClients.class,
        RedisCli.class);
  }

  @Test
  void shouldLeaveNoThreadNoPortAndNoConnectionToRedis() throws Exception {
    Properties given = properties();
    int producerPort = Integer.parseInt(given.getProperty("snapper.producer.port"));
    assertThat(Leftovers.ofABroker(Leftovers.threadNames())).isEmpty();
    try (RedisClients redis = new RedisClients(Integer.parseInt(given.getProperty("redis.port")))) {
      given.stringPropertyNames().stream()
          .filter(name -> name.startsWith("snapper."))
          .forEach(name -> System.setProperty(name, given.getProperty(name)));

      deploy(new File(given.getProperty("war")));
      Awaitility.await().atMost(LIMIT).until(() -> SimpleClient.isListening(producerPort));
      assertThat(redis.count()).isPositive();
      assertThat(Leftovers.ofABroker(Leftovers.threadNames())).isNotEmpty();

      try (Socket unauthenticated = new Socket("127.0.0.1", producerPort)) {
        undeploy();

        assertThat(unauthenticated.getInputStream().read()).as("closed by the broker").isNegative();
      }

      assertThat(Leftovers.ofABroker(Leftovers.threadNames())).isEmpty();
      assertThat(SimpleClient.isListening(producerPort)).isFalse();
      assertThat(redis.count()).isZero();
    }
  }

  private static Properties properties() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = UndeployIT.class.getResourceAsStream("/test.properties")) {
      properties.load(file);
    }
    return properties;
  }

  private static void deploy(File war) throws ReflectiveOperationException {
    Object isDeployed =
        runtimeMethod("deploy", String.class, String.class, File.class)
            .invoke(runtime(), APPLICATION, "/", war);
    assertThat(isDeployed).isEqualTo(true);
  }

  private static void undeploy() throws ReflectiveOperationException {
    runtimeMethod("undeploy", String.class).invoke(runtime(), APPLICATION);
  }

  /** Payara's own classes are in the server and in no dependency of the build. */
  private static Object runtime() throws ReflectiveOperationException {
    Class<?> server = Class.forName("fish.payara.micro.PayaraMicro");
    return server.getMethod("getRuntime").invoke(server.getMethod("getInstance").invoke(null));
  }

  private static Method runtimeMethod(String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    return Class.forName("fish.payara.micro.PayaraMicroRuntime").getMethod(name, parameters);
  }
}
