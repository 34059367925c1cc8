package io.snapper.edge.demo;

import io.snapper.core.Broker;
import io.snapper.core.PublishOptions;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomState;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the demo asks of the {@link Broker}, and nothing else of it, so that tests can answer or
 * refuse. The contracts are the broker's.
 */
interface BrokerCalls {
  /** Stores a message; refused while the store is away. */
  CompletionStage<Published> publish(RoomName room, String payload);

  CompletionStage<Boolean> join(RoomName room, ConsumerId consumer);

  CompletionStage<Boolean> leave(RoomName room, ConsumerId consumer);

  CompletionStage<RoomState> state(RoomName room);

  static BrokerCalls of(Broker broker) {
    return new BrokerCalls() {
      @Override
      public CompletionStage<Published> publish(RoomName room, String payload) {
        return broker.publish(room, List.of(payload), PublishOptions.REFUSED_WHILE_UNAVAILABLE);
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
      public CompletionStage<RoomState> state(RoomName room) {
        return broker.overview(room).thenApply(overview -> overview.state());
      }
    };
  }
}
