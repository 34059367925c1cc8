package io.snapper.testing.store;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What the in-memory ports share: one lock for all state, the clock, the schedule, and the push
 * channels.
 */
final class StoreKernel {
  private final LongSupplier clockMs;
  private final Executor requests;
  private final Executor answers;
  private final Function<NodeId, Executor> pushes;
  private final StoreWitness witness;
  private final StoreFaults faults = new StoreFaults();
  private final int partitions;
  private final Map<NodeId, long[]> sequences = new HashMap<>();
  private final Map<NodeId, Subscription> subscriptions = new HashMap<>();
  private final Deque<Runnable> afterStep = new ArrayDeque<>();
  private ToIntFunction<String> places;

  StoreKernel(
      LongSupplier clockMs,
      Executor requests,
      Executor answers,
      Function<NodeId, Executor> pushes,
      StoreWitness witness,
      int partitions) {
    this.clockMs = clockMs;
    this.requests = requests;
    this.answers = answers;
    this.pushes = pushes;
    this.witness = witness;
    this.partitions = partitions;
    this.places = name -> Math.floorMod(name.hashCode(), partitions);
  }

  StoreFaults faults() {
    return faults;
  }

  StoreWitness witness() {
    return witness;
  }

  int partitions() {
    return partitions;
  }

  int partitionOf(String name) {
    return places.applyAsInt(name);
  }

  /** Chooses the names' partitions; before the first call. */
  void placeBy(ToIntFunction<String> places) {
    this.places = places;
  }

  long nowMs() {
    return clockMs.getAsLong();
  }

  /** Runs one atomic step of a port, or the fault that is planned for it. */
  <T> CompletionStage<T> call(String operation, Supplier<T> step) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    requests.execute(new Named(operation, () -> apply(operation, step, answer)));
    return answer;
  }

  private <T> void apply(String operation, Supplier<T> step, CompletableFuture<T> answer) {
    StoreFaults.Moment fault = faults.takeFailure(operation);
    if (fault == StoreFaults.Moment.BEFORE_APPLYING) {
      answers.execute(
          new Named(
              operation + " failed",
              () -> answer.completeExceptionally(StoreFaults.unavailable(operation))));
      return;
    }
    if (fault == StoreFaults.Moment.BEFORE_APPLYING_LATE) {
      answers.execute(
          new Named(
              operation + " failed",
              () -> answer.completeExceptionally(StoreFaults.unavailable(operation))));
      requests.execute(new Named(operation + ", late", () -> applyUnheard(step)));
      return;
    }
    T result;
    try {
      result = locked(step);
    } catch (RuntimeException refused) {
      answers.execute(
          new Named(operation + " refused", () -> answer.completeExceptionally(refused)));
      return;
    }
    if (fault == StoreFaults.Moment.AFTER_APPLYING) {
      answers.execute(
          new Named(
              operation + " failed",
              () -> answer.completeExceptionally(StoreFaults.unavailable(operation))));
    } else {
      answers.execute(new Named(operation, () -> answer.complete(result)));
    }
  }

  /** A task that says what it is, for executors that keep a trace. */
  private record Named(String what, Runnable work) implements Runnable {
    @Override
    public void run() {
      work.run();
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /** Nobody waits for the result any more. */
  private void applyUnheard(Supplier<?> step) {
    try {
      locked(step);
    } catch (RuntimeException refused) {
      // The caller was told that the outcome is unknown.
    }
  }

  /** Runs a step under the lock, then starts the deliveries that it caused outside of it. */
  <T> T locked(Supplier<T> step) {
    List<Runnable> caused;
    T result;
    synchronized (this) {
      result = step.get();
      caused = new ArrayList<>(afterStep);
      afterStep.clear();
    }
    caused.forEach(Runnable::run);
    return result;
  }

  /**
   * Counts a push and sends it. Called under the lock.
   *
   * @return whether the node is subscribed; a push that a fault drops counts as received
   */
  boolean push(NodeId node, int partition, Push push) {
    long sequence = ++sequencesOf(node)[partition];
    Subscription subscription = subscriptions.get(node);
    if (subscription == null || !subscription.connected) {
      return false;
    }
    if (!faults.takeDrop(node)) {
      Runnable delivery =
          new Named(
              "push " + sequence + " of partition " + partition + ": " + push,
              () -> subscription.listener.onPush(partition, sequence, push));
      subscription.enqueue(partition, delivery);
      if (faults.takeRepetition(node)) {
        subscription.enqueue(partition, delivery);
      }
    }
    return true;
  }

  /** Returns the counters of a node. Called under the lock. */
  long[] sequencesOf(NodeId node) {
    return sequences.computeIfAbsent(node, unknown -> new long[partitions]);
  }

  /** Forgets the counters of a node. Called under the lock. */
  void forgetSequences(NodeId node) {
    sequences.remove(node);
  }

  /** Forgets all counters. Called under the lock. */
  void forgetSequences() {
    sequences.clear();
  }

  /** Called under the lock. */
  Subscription subscribe(NodeId node, PushChannel.Listener listener) {
    Subscription subscription = new Subscription(listener, pushes.apply(node));
    subscriptions.put(node, subscription);
    return subscription;
  }

  /** Called under the lock. */
  void unsubscribe(NodeId node, Subscription subscription) {
    subscription.connected = false;
    subscription.closed = true;
    subscriptions.remove(node, subscription);
  }

  void setConnected(NodeId node, boolean connected) {
    locked(
        () -> {
          Subscription subscription = subscriptions.get(node);
          if (subscription == null || subscription.connected == connected) {
            return null;
          }
          subscription.connected = connected;
          subscription.queues.forEach(Deque::clear);
          for (int index = 0; connected && index < partitions; index++) {
            int partition = index;
            subscription.enqueue(
                partition,
                new Named(
                    "partition " + partition + " is subscribed again",
                    () -> subscription.listener.onResubscribed(partition)));
          }
          return null;
        });
  }

  /** One node's subscription: a queue per partition, so that any schedule keeps their order. */
  final class Subscription {
    private final PushChannel.Listener listener;
    private final Executor arrivals;
    private final List<Deque<Runnable>> queues = new ArrayList<>();
    private final boolean[] draining = new boolean[partitions];
    private boolean connected = true;
    private boolean closed;

    private Subscription(PushChannel.Listener listener, Executor arrivals) {
      this.listener = listener;
      this.arrivals = arrivals;
      for (int index = 0; index < partitions; index++) {
        queues.add(new ArrayDeque<>());
      }
    }

    /** Called under the lock. */
    boolean isConnected() {
      return connected;
    }

    private void enqueue(int partition, Runnable delivery) {
      queues.get(partition).add(delivery);
      if (!draining[partition]) {
        draining[partition] = true;
        afterStep.add(() -> arrivals.execute(new Arrival(partition)));
      }
    }

    /** The next delivery of a partition, whichever that is by then. */
    private final class Arrival implements Runnable {
      private final int partition;

      private Arrival(int partition) {
        this.partition = partition;
      }

      @Override
      public void run() {
        deliverNext(partition);
      }

      @Override
      public String toString() {
        synchronized (StoreKernel.this) {
          return String.valueOf(queues.get(partition).peek());
        }
      }
    }

    private void deliverNext(int partition) {
      Runnable delivery;
      synchronized (StoreKernel.this) {
        delivery = closed ? null : queues.get(partition).poll();
        if (delivery == null) {
          draining[partition] = false;
          return;
        }
      }
      try {
        delivery.run();
      } finally {
        if (hasMore(partition)) {
          arrivals.execute(new Arrival(partition));
        }
      }
    }

    private boolean hasMore(int partition) {
      synchronized (StoreKernel.this) {
        draining[partition] = !queues.get(partition).isEmpty();
        return draining[partition];
      }
    }
  }
}
