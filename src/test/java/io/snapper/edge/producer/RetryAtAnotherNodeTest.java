package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.request;
import static io.snapper.edge.producer.EmbeddedProducer.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.snapper.core.Broker;
import io.snapper.core.BrokerOptions;
import io.snapper.core.delivery.LaneThread;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Stores;
import io.snapper.testing.store.InMemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A producer that numbers its publishes loses its connection and repeats them at another node. */
@Timeout(60)
class RetryAtAnotherNodeTest {
  private static final String FIRST = numbered(1, "[[\"a\",\"1\"],[\"b\",\"1\"]]");
  private static final String SECOND = numbered(2, "[[\"a\",\"2\"]]");

  private final InMemoryStore store = new InMemoryStore();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ProducerServer server = node("one");
  private final ProducerServer other = node("two");

  @BeforeEach
  void start() {
    server.start();
    other.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    other.stop();
    timer.shutdownNow();
  }

  @Test
  void shouldStoreOnceWhatWasStoredBeforeTheConnectionBroke() throws IOException {
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      producer.send(request(1, "publish", FIRST));
      await().until(() -> stored("b").size() == 1);
      producer.breakOff();
    }

    try (SocketProducer producer = SocketProducer.connect(other.port())) {
      producer.send(request(1, "publish", FIRST));
      producer.send(request(2, "publish", SECOND));

      assertThat(producer.receive()).isEqualTo(success(1, "2"));
      assertThat(producer.receive()).isEqualTo(success(2, "1"));
    }
    assertThat(stored("a")).containsExactly("1", "2");
    assertThat(stored("b")).containsExactly("1");
  }

  @Test
  void shouldStoreOnceWhatTheFirstNodeStillHolds() throws IOException {
    store.faults().setAway(true);
    try (SocketProducer producer = SocketProducer.connect(server.port())) {
      producer.send(request(1, "publish", FIRST));
      producer.send(request(2, "publish", SECOND));
      await().until(() -> server.connections().producerCount() == 1);
      producer.endOutput();
    }

    try (SocketProducer producer = SocketProducer.connect(other.port())) {
      producer.send(request(1, "publish", FIRST));
      producer.send(request(2, "publish", SECOND));
      store.faults().setAway(false);

      assertThat(producer.receive()).isEqualTo(success(1, "2"));
      assertThat(producer.receive()).isEqualTo(success(2, "1"));
    }
    // The first node ends its connection when all that it took is stored, or known to be.
    await().until(() -> server.connections().producerCount() == 0);
    assertThat(stored("a")).containsExactly("1", "2");
    assertThat(stored("b")).containsExactly("1");
  }

  private ProducerServer node(String name) {
    Broker broker =
        new Broker(
            new NodeId(name),
            BrokerOptions.defaults(name),
            new Stores(
                store.roomLog(), store.mailboxes(), store.users(), store.nodes(), store.channel()),
            (delayMs, task) -> timer.schedule(task, delayMs, TimeUnit.MILLISECONDS),
            List.of(new LaneThread(RetryAtAnotherNodeTest::daemon, new ConcurrentLinkedQueue<>())),
            System::nanoTime,
            System::currentTimeMillis);
    return new ProducerServer(
        InetAddress.getLoopbackAddress().getHostAddress(),
        0,
        new ProducerLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            8 * 1024,
            1024 * 1024,
            100_000,
            Duration.ofSeconds(3)),
        BrokerCalls.of(broker),
        new FakeTokens(),
        Thread::new);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  private List<String> stored(String room) {
    return store
        .roomLog()
        .read(new RoomName(room), 0, 100, 1 << 20)
        .toCompletableFuture()
        .join()
        .messages()
        .stream()
        .map(Message::payload)
        .toList();
  }

  private static String numbered(long sequence, String messages) {
    return "{\"producer\":\"p\",\"sequence\":" + sequence + ",\"messages\":" + messages + "}";
  }
}
