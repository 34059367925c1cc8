package io.snapper.edge.engineio;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The one call that this edge makes to the broker; see {@link io.snapper.core.Broker#connect}. */
@FunctionalInterface
interface SessionConnector {
  CompletionStage<ConsumerSession> connect(
      ConsumerIdentity identity, ConsumerConnection connection, Optional<ConsumerId> previous);
}
