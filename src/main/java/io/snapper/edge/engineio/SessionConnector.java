package io.snapper.edge.engineio;

import io.snapper.core.Broker;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What this edge asks of the broker; the contracts are the broker's. */
interface SessionConnector {
  /** Returns whether {@link #connect} takes consumers now. */
  boolean takesConsumers();

  /** Returns the broker's own result: cancelling it ends the session. */
  CompletionStage<ConsumerSession> connect(
      ConsumerIdentity identity, ConsumerConnection connection, Optional<ConsumerId> previous);

  static SessionConnector of(Broker broker) {
    return new SessionConnector() {
      @Override
      public boolean takesConsumers() {
        return broker.takesConsumers();
      }

      @Override
      public CompletionStage<ConsumerSession> connect(
          ConsumerIdentity identity, ConsumerConnection connection, Optional<ConsumerId> previous) {
        return broker.connect(identity, connection, previous);
      }
    };
  }
}
