package io.snapper.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread that serves many consumers. Other threads reach it by {@link #execute}. */
final class EventLoop implements Runnable {
  private static final int INPUT_BYTES = 4 << 20;
  private static final long LONGEST_WAIT_MS = 50;
  private static final long PING_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long SHORTEST_RECONNECT_MS = 50;
  private static final long LONGEST_RECONNECT_MS = 1_000;

  private final Selector selector;
  private final List<URI> servers;
  private final List<URI> fallbacks;
  private final long slowDelayNanos;
  private final java.util.function.Consumer<String> onRefusal;
  private final Tally tally = new Tally();
  private final DeliveryReader deliveries = new DeliveryReader();
  private final ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Timed> pings = new ArrayDeque<>();
  private final ArrayDeque<Timed> slowAnswers = new ArrayDeque<>();
  private final PriorityQueue<Timed> reconnects =
      new PriorityQueue<>((one, other) -> Long.compare(one.atNanos(), other.atNanos()));
  private final AtomicInteger nextServer = new AtomicInteger();
  private volatile boolean isStopped;

  private record Timed(long atNanos, Consumer consumer, Delivery delivery) {}

  /**
   * Creates a loop; it works once a thread runs it.
   *
   * @param servers where consumers connect, in turn
   * @param fallbacks where they connect again after a connection broke, in turn
   * @param slowDelay how late slow consumers acknowledge
   * @param onRefusal gets the HTTP answers that refuse a connection
   */
  EventLoop(
      List<URI> servers,
      List<URI> fallbacks,
      Duration slowDelay,
      java.util.function.Consumer<String> onRefusal)
      throws IOException {
    this.selector = Selector.open();
    this.servers = servers;
    this.fallbacks = fallbacks;
    this.slowDelayNanos = slowDelay.toNanos();
    this.onRefusal = onRefusal;
  }

  Tally tally() {
    return tally;
  }

  DeliveryReader deliveries() {
    return deliveries;
  }

  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Connects a consumer to the server whose turn it is; on any thread. */
  void connect(Consumer consumer) {
    execute(() -> consumer.connect(turn(servers)));
  }

  private URI turn(List<URI> places) {
    return places.get(Math.floorMod(nextServer.getAndIncrement(), places.size()));
  }

  void stop() {
    isStopped = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    try {
      while (!isStopped) {
        selector.select(this::onReady, slowAnswers.isEmpty() ? LONGEST_WAIT_MS : 1);
        Runnable task;
        while ((task = tasks.poll()) != null) {
          task.run();
        }
        onTime(System.nanoTime());
      }
      selector.close();
    } catch (IOException failure) {
      throw new IllegalStateException("the system refuses to watch sockets", failure);
    }
  }

  private void onReady(SelectionKey key) {
    Consumer consumer = (Consumer) key.attachment();
    try {
      if (key.isConnectable()) {
        consumer.onConnectable();
      } else {
        if (key.isReadable()) {
          input.clear();
          consumer.onReadable(input);
        }
        if (key.isValid() && key.isWritable()) {
          consumer.onWritable();
        }
      }
    } catch (IOException | CancelledKeyException broken) {
      consumer.onBroken();
    }
  }

  private void onTime(long now) {
    while (!slowAnswers.isEmpty() && slowAnswers.peek().atNanos() - now <= 0) {
      Timed answer = slowAnswers.poll();
      guarded(answer.consumer(), () -> answer.consumer().acknowledge(answer.delivery()));
    }
    while (!pings.isEmpty() && pings.peek().atNanos() - now <= 0) {
      Consumer consumer = pings.poll().consumer();
      if (consumer.isOpen()) {
        guarded(consumer, consumer::ping);
        pings.add(new Timed(now + PING_INTERVAL_NANOS, consumer, null));
      }
    }
    while (!reconnects.isEmpty() && reconnects.peek().atNanos() - now <= 0) {
      reconnects.poll().consumer().connect(turn(fallbacks));
    }
  }

  private interface Io {
    void run() throws IOException;
  }

  private static void guarded(Consumer consumer, Io action) {
    try {
      action.run();
    } catch (IOException broken) {
      consumer.onBroken();
    }
  }

  SelectionKey register(SocketChannel channel, Consumer consumer) throws IOException {
    return channel.register(selector, SelectionKey.OP_CONNECT, consumer);
  }

  void onOpen(Consumer consumer) {
    pings.add(new Timed(System.nanoTime() + PING_INTERVAL_NANOS, consumer, null));
  }

  void acknowledgeLater(Consumer consumer, Delivery delivery) {
    slowAnswers.add(new Timed(System.nanoTime() + slowDelayNanos, consumer, delivery));
  }

  void onBroken(Consumer consumer) {
    long delayMs =
        ThreadLocalRandom.current().nextLong(SHORTEST_RECONNECT_MS, LONGEST_RECONNECT_MS);
    reconnects.add(
        new Timed(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs), consumer, null));
  }

  void onRefusal(String answer) {
    onRefusal.accept(answer);
  }
}
