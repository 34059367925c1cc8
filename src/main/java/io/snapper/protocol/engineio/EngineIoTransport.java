package io.snapper.protocol.engineio;

import java.util.Optional;

/** How packets travel. */
public enum EngineIoTransport {
  /** HTTP long polling. */
  POLLING("polling"),
  /** One WebSocket. */
  WEBSOCKET("websocket");

  private final String wireName;

  EngineIoTransport(String wireName) {
    this.wireName = wireName;
  }

  /** The name in queries and in the list of upgrades. */
  public String wireName() {
    return wireName;
  }

  /** The transport of this name, if there is one. */
  public static Optional<EngineIoTransport> of(String wireName) {
    for (EngineIoTransport candidate : values()) {
      if (candidate.wireName.equals(wireName)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
