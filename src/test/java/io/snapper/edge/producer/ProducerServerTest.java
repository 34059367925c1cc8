package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static io.snapper.edge.producer.EmbeddedProducer.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.snapper.core.error.ErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProducerServerTest {
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
  private static final ProducerLimits LIMITS =
      new ProducerLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          8 * 1024,
          1024 * 1024,
          100_000,
          Duration.ofSeconds(3));

  private final RecordingBroker broker = new RecordingBroker();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /**
   * What blocks needs a thread of its own; the common pool has one for all of them here and there.
   */
  private final ExecutorService blocking = Executors.newCachedThreadPool();

  private final ProducerServer server = serverAt(0);

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    broker.failWith((ErrorCode) null);
    broker.answerAll();
    server.stop();
    blocking.shutdown();
    assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
  }

  @Test
  void shouldServeProducersSideBySide() throws IOException {
    try (SocketProducer one = SocketProducer.connect(server.port());
        SocketProducer other = SocketProducer.connect(server.port())) {
      one.send(request(1, "publish", "[[\"a\",\"1\"],[\"a\",\"2\"]]"));
      other.send(request(2, "subscribe", "[\"a\",\"t.1\"]"));

      assertThat(one.receive()).isEqualTo(success(1, "2"));
      assertThat(other.receive()).isEqualTo(success(2, "1"));
    }
  }

  @Test
  void shouldAnswerAProducerThatHasEndedItsSide() throws IOException {
    broker.answerLater();
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      producer.send(request(1, "publish", "[\"a\",\"1\"]"));
      producer.endOutput();
      await().until(() -> broker.underWay() == 1);
      broker.answerAll();

      assertThat(producer.receive()).isEqualTo(success(1, "1"));
      assertThat(producer.receive()).isNull();
    }
  }

  @Test
  void shouldStoreWhatAProducerSentBeforeItBrokeOff() throws IOException {
    broker.failWith(ErrorCode.OVERLOADED);
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      producer.send(notification("publish", "[[\"a\",\"1\"]]"));
      await().until(() -> !broker.calls().isEmpty());
    }

    broker.failWith((ErrorCode) null);

    await().untilAsserted(() -> assertThat(broker.stored("a")).containsExactly("1"));
    await().until(() -> server.connections().producerCount() == 0);
  }

  @Test
  void shouldTellUnauthorizedAlsoToAClientThatHasSentMuchMore() throws IOException {
    try (SocketProducer producer = SocketProducer.unauthenticated(server.port())) {
      producer.send(request(1, "auth", "[\"forged\"]"));
      producer.send(notification("publish", "[\"a\",\"" + "x".repeat(500) + "\"]"));
      producer.sendBytes(new byte[] {'$', '1', '\r', '\n'});

      assertThat(producer.receive())
          .isEqualTo(EmbeddedProducer.failure("1", JsonRpcErrorCode.UNAUTHORIZED, null));
      assertThat(producer.receive()).isNull();
    }
    assertThat(broker.calls()).isEmpty();
  }

  @Test
  void shouldCloseSilentAndHalfSpokenConnectionsOnly() throws IOException {
    try (SocketProducer silent = SocketProducer.unauthenticated(server.port());
        SocketProducer half = SocketProducer.connect(server.port());
        SocketProducer idle = SocketProducer.connect(server.port())) {
      half.sendBytes("$10\r\nhalf".getBytes());

      assertThat(silent.receive()).isNull();
      assertThat(half.receive()).isNull();
      idle.send(request(1, "echo", "[]"));
      assertThat(idle.receive()).isEqualTo(success(1, "[]"));
    }
  }

  @Test
  void shouldHoldBoundedMemoryForAProducerThatNeverReads() throws IOException {
    String echo = request(1, "echo", "[\"" + "x".repeat(20_000) + "\"]");
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int frame = 0; frame < 5000; frame++) {
                    producer.send(echo);
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              },
              blocking);

      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(10))
          .until(() -> !flood.isDone());
      for (int frame = 0; frame < 5000; frame++) {
        assertThat(producer.receive()).hasSizeGreaterThan(20_000);
      }
      flood.join();
    }
  }

  @Test
  void shouldFinishWhatWasReadWhenStopped() throws IOException {
    broker.answerLater();
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      producer.send(request(1, "publish", "[\"a\",\"1\"]"));
      await().until(() -> broker.underWay() == 1);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop, blocking);
      await().untilAsserted(() -> assertRefused(server));
      broker.answerAll();

      assertThat(producer.receive()).isEqualTo(success(1, "1"));
      assertThat(producer.receive()).isNull();
      producer.send(notification("publish", "[\"a\",\"sent before the end was seen\"]"));
      producer.endOutput();
      stopped.join();
    }
    assertThat(broker.stored("a")).containsExactly("1", "sent before the end was seen");
  }

  @Test
  void shouldLoseNothingOfABusyProducerThatEndsItsSideWhenToldSo() throws Exception {
    int sent = 0;
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      CompletableFuture<Void> ended =
          CompletableFuture.runAsync(
              () -> {
                try {
                  assertThat(producer.receive()).isNull();
                } catch (IOException broken) {
                  throw new UncheckedIOException(broken);
                }
              },
              blocking);
      CompletableFuture<Void> stopped = null;
      while (!ended.isDone()) {
        producer.send(notification("publish", "[\"a\",\"" + sent++ + "\"]"));
        if (sent == 2000) {
          stopped = CompletableFuture.runAsync(server::stop, blocking);
        }
      }
      ended.join();
      producer.endOutput();
      stopped.join();
    }

    assertThat(broker.stored("a"))
        .containsExactlyElementsOf(IntStream.range(0, sent).mapToObj(Integer::toString).toList());
  }

  @Test
  void shouldStopInTimeEvenIfTheBrokerNeverAnswers() throws IOException {
    broker.answerLater();
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      producer.send(request(1, "publish", "[\"a\",\"1\"]"));
      await().until(() -> broker.underWay() == 1);

      long before = System.nanoTime();
      server.stop();

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
      assertThat(producer.receive()).isNull();
    }
  }

  @Test
  void shouldSayWhichPortIsTakenAndLeaveNoThread() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProducerServer second = serverAt(taken.getLocalPort());

      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(LOOPBACK + ":" + taken.getLocalPort());
      second.stop();
    }
  }

  private ProducerServer serverAt(int port) {
    return new ProducerServer(
        LOOPBACK,
        port,
        LIMITS,
        broker,
        new FakeTokens(),
        task -> {
          Thread thread = new Thread(task, "producer-" + threads.size());
          threads.add(thread);
          return thread;
        });
  }

  private static void assertRefused(ProducerServer server) {
    assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
  }
}
