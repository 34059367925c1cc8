package io.snapper.edge.demo;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Remembers what the demo asks; all rooms share one log, and nothing is delivered. */
final class RecordingBroker implements BrokerCalls {
  final List<String> published = new ArrayList<>();
  final Set<String> members = new LinkedHashSet<>();
  RuntimeException failure;

  @Override
  public CompletionStage<Published> publish(RoomName room, String payload) {
    published.add(payload);
    return result(new Published("e1", published.size(), published.size(), false));
  }

  @Override
  public CompletionStage<Boolean> join(RoomName room, ConsumerId consumer) {
    return result(members.add(room + " " + consumer));
  }

  @Override
  public CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer) {
    return result(members.remove(room + " " + consumer));
  }

  @Override
  public CompletionStage<RoomState> state(RoomName room) {
    return result(new RoomState("e1", published.size(), 0));
  }

  private <T> CompletionStage<T> result(T value) {
    return failure == null
        ? CompletableFuture.completedFuture(value)
        : CompletableFuture.failedFuture(failure);
  }
}
