package io.snapper.edge.producer;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.UserDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers what it was asked and answers at once, or when a test says so. Thread-safe, for tests
 * with real sockets.
 */
final class RecordingBroker implements BrokerCalls {
  static final int MESSAGE_LIMIT_BYTES = 1000;

  private final List<String> calls = new ArrayList<>();
  private final List<CompletableFuture<?>> unanswered = new ArrayList<>();
  private final Map<RoomName, List<String>> stored = new ConcurrentHashMap<>();
  private boolean answersAtOnce = true;
  private RuntimeException failure;

  /** From now on calls stay under way until {@link #answerNext} or {@link #answerAll}. */
  synchronized void answerLater() {
    answersAtOnce = false;
  }

  /** From now on calls fail, or work again if {@code code} is null. */
  synchronized void failWith(ErrorCode code) {
    failure = code == null ? null : new SnapperException(code, "told to fail");
  }

  /** From now on publishing throws. */
  synchronized void failWith(RuntimeException failure) {
    this.failure = failure;
  }

  /** Answers the call that is longest under way. */
  void answerNext() {
    CompletableFuture<?> next;
    synchronized (this) {
      next = unanswered.remove(0);
    }
    next.complete(null);
  }

  /** Answers the call at this place among those under way. */
  void answer(int place) {
    CompletableFuture<?> chosen;
    synchronized (this) {
      chosen = unanswered.remove(place);
    }
    chosen.complete(null);
  }

  void answerAll() {
    List<CompletableFuture<?>> all;
    synchronized (this) {
      answersAtOnce = true;
      all = List.copyOf(unanswered);
      unanswered.clear();
    }
    all.forEach(call -> call.complete(null));
  }

  /** Returns what was asked so far: {@code publish room [a, b]}, {@code join room consumer} … */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized int underWay() {
    return unanswered.size();
  }

  synchronized List<String> stored(String room) {
    return List.copyOf(stored.getOrDefault(new RoomName(room), List.of()));
  }

  @Override
  public CompletionStage<?> publish(
      RoomName room, List<String> payloads, Optional<Sequence> sequence) {
    List<String> kept = List.copyOf(payloads);
    String place =
        sequence
            .map(its -> " as " + its.number() + "." + its.part() + " of " + its.producer())
            .orElse("");
    return onCall(
        "publish " + room + " " + kept + place.replace('\n', '/'),
        () -> stored.computeIfAbsent(room, name -> new ArrayList<>()).addAll(kept));
  }

  @Override
  public CompletionStage<Boolean> join(RoomName room, ConsumerId consumer) {
    return onCall("join " + room + " " + consumer, () -> true);
  }

  @Override
  public CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer) {
    return onCall("leave " + room + " " + consumer, () -> false);
  }

  @Override
  public CompletionStage<List<UserDirectory.Connection>> connections(UserId user) {
    return onCall(
        "connections " + user,
        () ->
            List.of(
                connection("t.1", DeviceKind.WEB),
                connection("t.2", DeviceKind.WEB),
                connection("i.1", DeviceKind.IOS)));
  }

  @Override
  public List<String> obstacles() {
    return List.of();
  }

  @Override
  public int messageLimitBytes() {
    return MESSAGE_LIMIT_BYTES;
  }

  private synchronized <T> CompletionStage<T> onCall(String call, Supplier<T> effect) {
    calls.add(call);
    if (failure instanceof SnapperException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
    if (failure != null) {
      throw failure;
    }
    if (answersAtOnce) {
      return CompletableFuture.completedStage(effect.get());
    }
    CompletableFuture<Void> gate = new CompletableFuture<>();
    unanswered.add(gate);
    return gate.thenApply(
        open -> {
          synchronized (this) {
            return effect.get();
          }
        });
  }

  private static UserDirectory.Connection connection(String consumer, DeviceKind device) {
    return new UserDirectory.Connection(
        new ConsumerId(consumer), new NodeId("node-1"), device, 1, 0);
  }
}
