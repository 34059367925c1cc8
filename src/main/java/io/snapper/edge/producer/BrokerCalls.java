package io.snapper.edge.producer;

import io.snapper.core.Broker;
import io.snapper.core.PublishOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.UserDirectory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What this edge asks of the {@link Broker}, and nothing else of it, so that tests can answer late
 * or refuse. The contracts are the broker's.
 */
interface BrokerCalls {
  /**
   * Stores the payloads; while the store is away they are kept.
   *
   * @param sequence their place in what the producer publishes, if it numbers its calls
   */
  CompletionStage<?> publish(RoomName room, List<String> payloads, Optional<Sequence> sequence);

  CompletionStage<Boolean> join(RoomName room, ConsumerId consumer);

  CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer);

  CompletionStage<List<UserDirectory.Connection>> connections(UserId user);

  /** Returns what keeps the node from serving, for log lines. */
  List<String> obstacles();

  /** The longest payload, in bytes of UTF-8. */
  int messageLimitBytes();

  static BrokerCalls of(Broker broker) {
    return new BrokerCalls() {
      @Override
      public CompletionStage<?> publish(
          RoomName room, List<String> payloads, Optional<Sequence> sequence) {
        return broker.publish(
            room, payloads, sequence.map(PublishOptions::numbered).orElse(PublishOptions.HELD));
      }

      @Override
      public CompletionStage<Boolean> join(RoomName room, ConsumerId consumer) {
        return broker.join(room, consumer);
      }

      @Override
      public CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer) {
        return broker.leave(room, consumer);
      }

      @Override
      public CompletionStage<List<UserDirectory.Connection>> connections(UserId user) {
        return broker.connections(user);
      }

      @Override
      public List<String> obstacles() {
        return broker.obstacles();
      }

      @Override
      public int messageLimitBytes() {
        return broker.messageLimitBytes();
      }
    };
  }
}
