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
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the in-memory ports share: one lock for all state, the clock, the schedule, and the push
 * channels.
 */
final class StoreKernel {
  private final LongSupplier clockMs;
  private final Executor requests;
  private final Executor answers;
  private final StoreFaults faults = new StoreFaults();
  private final int partitions;
  private final Map<NodeId, long[]> sequences = new HashMap<>();
  private final Map<NodeId, Subscription> subscriptions = new HashMap<>();
  private final Deque<Runnable> afterStep = new ArrayDeque<>();

  StoreKernel(LongSupplier clockMs, Executor requests, Executor answers, int partitions) {
    this.clockMs = clockMs;
    this.requests = requests;
    this.answers = answers;
    this.partitions = partitions;
  }

  StoreFaults faults() {
    return faults;
  }

  int partitions() {
    return partitions;
  }

  int partitionOf(String name) {
    return Math.floorMod(name.hashCode(), partitions);
  }

  long nowMs() {
    return clockMs.getAsLong();
  }

  /** Runs one atomic step of a port, or the fault that is planned for it. */
  <T> CompletionStage<T> call(String operation, Supplier<T> step) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    requests.execute(() -> apply(operation, step, answer));
    return answer;
  }

  private <T> void apply(String operation, Supplier<T> step, CompletableFuture<T> answer) {
    StoreFaults.Moment fault = faults.takeFailure(operation);
    if (fault == StoreFaults.Moment.BEFORE_APPLYING) {
      answers.execute(() -> answer.completeExceptionally(StoreFaults.unavailable(operation)));
      return;
    }
    T result;
    try {
      result = locked(step);
    } catch (RuntimeException refused) {
      answers.execute(() -> answer.completeExceptionally(refused));
      return;
    }
    if (fault == StoreFaults.Moment.AFTER_APPLYING) {
      answers.execute(() -> answer.completeExceptionally(StoreFaults.unavailable(operation)));
    } else {
      answers.execute(() -> answer.complete(result));
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
      subscription.enqueue(
          partition, () -> subscription.listener.onPush(partition, sequence, push));
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
    Subscription subscription = new Subscription(listener);
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
            subscription.enqueue(partition, () -> subscription.listener.onResubscribed(partition));
          }
          return null;
        });
  }

  /** One node's subscription: a queue per partition, so that any schedule keeps their order. */
  final class Subscription {
    private final PushChannel.Listener listener;
    private final List<Deque<Runnable>> queues = new ArrayList<>();
    private final boolean[] draining = new boolean[partitions];
    private boolean connected = true;
    private boolean closed;

    private Subscription(PushChannel.Listener listener) {
      this.listener = listener;
      for (int index = 0; index < partitions; index++) {
        queues.add(new ArrayDeque<>());
      }
    }

    private void enqueue(int partition, Runnable delivery) {
      queues.get(partition).add(delivery);
      if (!draining[partition]) {
        draining[partition] = true;
        afterStep.add(() -> answers.execute(() -> deliverNext(partition)));
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
          answers.execute(() -> deliverNext(partition));
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
