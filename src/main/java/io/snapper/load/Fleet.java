package io.snapper.load;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** All consumers and their event loops. */
final class Fleet implements AutoCloseable {
  private static final long TOKEN_LIFE_SECONDS = 7200;
  private static final int MOST_CONNECTING = 256;
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LoadOptions options;
  private final RoomPlan plan;
  private final List<EventLoop> loops = new ArrayList<>();
  private final List<Consumer> consumers = new ArrayList<>();

  Fleet(LoadOptions options, RoomPlan plan) throws IOException {
    this.options = options;
    this.plan = plan;
    AtomicBoolean isTold = new AtomicBoolean();
    for (int index = 0; index < options.threads(); index++) {
      EventLoop loop =
          new EventLoop(
              options.servers(),
              options.fallbacks(),
              options.slowDelay(),
              answer -> {
                if (!isTold.getAndSet(true)) {
                  System.err.println("a connection was refused: " + answer.lines().findFirst());
                }
              });
      loops.add(loop);
      Thread thread = new Thread(loop, "consumers-" + index);
      thread.setDaemon(true);
      thread.start();
    }
    Tokens tokens =
        new Tokens(options.secret(), Instant.now().getEpochSecond() + TOKEN_LIFE_SECONDS);
    for (int index = 0; index < options.consumers(); index++) {
      consumers.add(
          new Consumer(
              loops.get(index % loops.size()),
              tokens.ofUser(plan.userOf(index)),
              plan.firstRoomOf(index),
              plan.rooms(),
              plan.roomsPerConsumer(),
              answeringOf(index)));
    }
  }

  /** The silent ones come first, then the slow ones. */
  private Consumer.Answering answeringOf(int index) {
    int silent = options.silentConsumers();
    if (index < silent) {
      return Consumer.Answering.NEVER;
    }
    long slow = Math.round(options.consumers() * options.slowShare());
    return index < silent + slow ? Consumer.Answering.LATE : Consumer.Answering.AT_ONCE;
  }

  List<Consumer> consumers() {
    return consumers;
  }

  /** Connects everybody at the given pace, and waits until all are there or {@code limitNanos}. */
  boolean connectAll(long limitNanos) {
    long start = System.nanoTime();
    for (int index = 0; index < consumers.size(); index++) {
      while (index - sum(tally -> tally.opened.get() + tally.refused.get()) >= MOST_CONNECTING
          && System.nanoTime() - start < limitNanos) {
        LockSupport.parkNanos(CHECK_NANOS);
      }
      long due = start + (long) (index / options.connectRate() * 1e9);
      sleepUntil(due);
      loops.get(index % loops.size()).connect(consumers.get(index));
    }
    while (live() < consumers.size() && System.nanoTime() - start < limitNanos) {
      LockSupport.parkNanos(CHECK_NANOS);
    }
    return live() == consumers.size();
  }

  /** Closes a consumer's connection and opens another one. */
  void reconnect(int index) {
    EventLoop loop = loops.get(index % loops.size());
    Consumer consumer = consumers.get(index);
    loop.execute(
        () -> {
          if (consumer.isOpen()) {
            consumer.cut();
            loop.onBroken(consumer);
          }
        });
  }

  static void sleepUntil(long nanos) {
    long left;
    while ((left = nanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }

  long live() {
    return sum(tally -> tally.live.get());
  }

  long deliveries() {
    return sum(tally -> tally.deliveries.get());
  }

  /** Returns the sum of a counter over all loops. */
  long sum(ToLongFunction<Tally> counter) {
    return loops.stream().map(EventLoop::tally).mapToLong(counter).sum();
  }

  /** Returns the latencies of all loops since the last call, in ns. */
  Histogram takeLatencies() {
    return merged(loops.stream().map(loop -> loop.tally().takeLatencies()).toList());
  }

  /** Returns how long connecting took, of all loops since the last call, in ns. */
  Histogram takeHandshakes() {
    return merged(loops.stream().map(loop -> loop.tally().takeHandshakes()).toList());
  }

  private static Histogram merged(List<Histogram> histograms) {
    Histogram sum = new Histogram(histograms.get(0));
    histograms.forEach(sum::add);
    return sum;
  }

  /** Returns how many messages have not come to consumers that should have them and acknowledge. */
  long missing(long[] published) {
    long missing = 0;
    for (Consumer consumer : consumers.subList(options.silentConsumers(), consumers.size())) {
      for (int slot = 0; slot < consumer.rooms(); slot++) {
        missing += Math.max(0, published[consumer.roomAt(slot)] - consumer.received(slot));
      }
    }
    return missing;
  }

  RoomPlan plan() {
    return plan;
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::stop);
  }
}
