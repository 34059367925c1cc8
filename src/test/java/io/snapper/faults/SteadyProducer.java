package io.snapper.faults;

import io.snapper.core.PublishOptions;
import io.snapper.core.message.RoomName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Publishes 1, 2, 3… to a room, without waiting for answers, and remembers which were accepted or
 * refused. What the store can't take now is held by the broker.
 */
final class SteadyProducer implements AutoCloseable {
  /** What became of a publication. */
  enum Outcome {
    OPEN,
    ACCEPTED,
    REFUSED
  }

  private static final long PERIOD_MS = 5;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<Integer, Outcome> outcomes = new ConcurrentSkipListMap<>();
  private final Map<Integer, Long> calledNanos = new ConcurrentSkipListMap<>();
  private final Map<Integer, Long> answeredNanos = new ConcurrentSkipListMap<>();
  private final Map<Integer, Throwable> refusals = new ConcurrentSkipListMap<>();
  private final RunningNode node;
  private final RoomName room;
  private final PublishOptions options;
  private ScheduledFuture<?> publishing;

  /** Of the timer's thread. */
  private int last;

  private SteadyProducer(RunningNode node, RoomName room, PublishOptions options) {
    this.node = node;
    this.room = room;
    this.options = options;
  }

  static SteadyProducer start(RunningNode node, RoomName room) {
    return start(node, room, PublishOptions.HELD);
  }

  static SteadyProducer start(RunningNode node, RoomName room, PublishOptions options) {
    SteadyProducer producer = new SteadyProducer(node, room, options);
    producer.publishing =
        producer.timer.scheduleAtFixedRate(producer::publish, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    return producer;
  }

  private void publish() {
    int number = ++last;
    outcomes.put(number, Outcome.OPEN);
    calledNanos.put(number, System.nanoTime());
    node.broker()
        .publish(room, List.of(Integer.toString(number)), options)
        .whenComplete(
            (published, refusal) -> {
              answeredNanos.put(number, System.nanoTime());
              outcomes.put(number, refusal == null ? Outcome.ACCEPTED : Outcome.REFUSED);
              if (refusal != null) {
                refusals.put(number, refusal);
              }
            });
  }

  /** Publishes no more; returns when every publication has its answer. */
  SteadyProducer stop() {
    publishing.cancel(false);
    timer.shutdown();
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> timer.isTerminated() && !outcomes.containsValue(Outcome.OPEN));
    return this;
  }

  /** Returns the numbers with this outcome, in order. */
  List<Integer> with(Outcome outcome) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue() == outcome)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the number of the last publication that was accepted, 0 if none was. */
  int lastAccepted() {
    List<Integer> accepted = with(Outcome.ACCEPTED);
    return accepted.isEmpty() ? 0 : accepted.get(accepted.size() - 1);
  }

  /** Returns the numbers of those that were called after this moment and accepted. */
  List<Integer> acceptedAfter(long nanos) {
    return with(Outcome.ACCEPTED).stream()
        .filter(number -> calledNanos.get(number) > nanos)
        .toList();
  }

  /** Returns when, after this moment, a publication was accepted for the first time. */
  long firstAcceptedAfter(long nanos) {
    return with(Outcome.ACCEPTED).stream()
        .mapToLong(answeredNanos::get)
        .filter(answered -> answered > nanos)
        .min()
        .orElseThrow();
  }

  /** Returns why publications were refused. */
  List<Throwable> refusals() {
    return List.copyOf(refusals.values());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
