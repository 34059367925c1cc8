package io.snapper.config;

/** A way for consumers to connect. */
public enum Transport {
  /** HTTP long polling. */
  POLLING,
  /** WebSocket. */
  WEBSOCKET
}
