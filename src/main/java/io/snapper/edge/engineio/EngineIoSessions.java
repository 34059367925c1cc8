package io.snapper.edge.engineio;

import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The open sessions of this node that began with polling, by sid; only those are ever looked for.
 *
 * <p>The sid is the consumerId, so a token's new session has the sid of its old one. A new session
 * comes in here when it is open, just before its sid goes out: until then a request for the sid is
 * the old client's and finds the old session. After that the two clients can't be told apart. They
 * hold the same token, so neither gains anything; at worst a late poll of the old one collides with
 * a poll of the new one, which then connects again and gets what was not acknowledged. Thread safe.
 */
final class EngineIoSessions {
  private final ConcurrentMap<String, EngineIoConnection> sessions = new ConcurrentHashMap<>();

  Optional<EngineIoConnection> find(String sid) {
    return Optional.ofNullable(sessions.get(sid));
  }

  /** Puts a session in, if it is one to be looked for. */
  void add(EngineIoConnection session) {
    if (session.transportKind() == EngineIoTransport.POLLING) {
      sessions.put(session.sid(), session);
    }
  }

  /** Takes a session out; another one with the same sid stays. */
  void remove(EngineIoConnection session) {
    sessions.remove(session.sid(), session);
  }

  int size() {
    return sessions.size();
  }
}
