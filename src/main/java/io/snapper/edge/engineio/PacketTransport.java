package io.snapper.edge.engineio;

import io.snapper.core.error.CloseReason;
import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.List;

/**
 * What carries a session's packets to its client: a WebSocket, or the client's polls. Methods
 * return at once and never throw; they may be called on any thread, but {@link #write} never twice
 * without a {@link EngineIoConnection#onWritable} in between.
 */
public interface PacketTransport {
  EngineIoTransport kind();

  /**
   * Sends packets in order, then reports {@link EngineIoConnection#onWritable} as soon as it can
   * take more: a WebSocket when it has handed them over, polling when the next poll comes. Reports
   * {@link EngineIoConnection#onTransportClosed} if it can't send.
   *
   * @param packets encoded text packets, at least one
   */
  void write(List<String> packets);

  /** Ends this transport because its session goes on with another one. */
  void retire();

  /**
   * Ends this transport together with its session, telling the client why where that is possible.
   */
  void close(CloseReason reason);
}
