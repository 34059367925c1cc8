package io.snapper.edge.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.config.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The unmodified snapper-producer, from connecting to a restart of the server. */
@Timeout(120)
class SnapperProducerClientIT {
  private static final Path NPM = Path.of("src", "test", "npm");
  private static final String SECRET = "a secret of an old deployment, long enough to be safe";

  private final RecordingBroker broker = new RecordingBroker();

  @Test
  void shouldServeTheRealClientAndTakeAllItSentWhenTheServerRestarts() throws Exception {
    ProducerServer first = serverAt(0);
    first.start();
    int port = first.port();
    ProducerServer second = serverAt(port);
    Process client =
        new ProcessBuilder("node", "producer/producer.cjs", Integer.toString(port), SECRET)
            .directory(NPM.toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = client.inputReader()) {
      String line = output.readLine();
      assertThat(line).isEqualTo("restart me");

      first.stop();
      second.start();
      String rest = String.join("\n", output.lines().toList());

      assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(client.exitValue()).as(rest).isZero();
    } finally {
      client.destroyForcibly();
      first.stop();
      second.stop();
    }

    assertThat(broker.stored("burst")).containsExactlyElementsOf(numbers(5000));
    assertThat(broker.stored("one")).containsExactly("a", "c", "\"\\\0 \u2028 \uD83D\uDE00");
    assertThat(broker.stored("two")).containsExactly("b");
    assertThat(broker.stored("restart")).containsExactlyElementsOf(numbers(300));
  }

  private ProducerServer serverAt(int port) throws IOException {
    return new ProducerServer(
        InetAddress.getLoopbackAddress().getHostAddress(),
        port,
        EmbeddedProducer.LIMITS,
        broker,
        new Hs256Tokens(
            List.of(new Secret(SECRET)), Duration.ofSeconds(30), InstantSource.system()),
        Thread::new);
  }

  private static List<String> numbers(int end) {
    return IntStream.range(0, end).mapToObj(Integer::toString).toList();
  }
}
