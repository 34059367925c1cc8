package io.snapper.edge.engineio;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.message.ConsumerId;
import io.snapper.protocol.engineio.EngineIoRevision;
import java.security.Principal;
import java.util.Optional;

/**
 * A request that has passed admission. It travels as the request's user principal, which is the one
 * thing that every container hands from a filter through a WebSocket handshake to its session, and
 * which no client can make up.
 *
 * @param identity who the token speaks for
 * @param revision the protocol's revision
 * @param previous another mailbox that the client's cookie names
 * @param session the session that the request is for; empty: it opens one
 */
public record Admitted(
    ConsumerIdentity identity,
    EngineIoRevision revision,
    Optional<ConsumerId> previous,
    Optional<EngineIoConnection> session)
    implements Principal {

  @Override
  public String getName() {
    return identity.consumer().value();
  }
}
