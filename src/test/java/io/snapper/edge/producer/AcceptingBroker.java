package io.snapper.edge.producer;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.UserDirectory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes every message at once, counts it and forgets it. */
final class AcceptingBroker implements BrokerCalls {
  private long messages;

  /** Returns how many messages have come. */
  long messages() {
    return messages;
  }

  @Override
  public CompletionStage<?> publish(
      RoomName room, List<String> payloads, Optional<Sequence> sequence) {
    messages += payloads.size();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Boolean> join(RoomName room, ConsumerId consumer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<UserDirectory.Connection>> connections(UserId user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> obstacles() {
    return List.of();
  }

  @Override
  public int messageLimitBytes() {
    return 1 << 20;
  }
}
