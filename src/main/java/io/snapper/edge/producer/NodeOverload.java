package io.snapper.edge.producer;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections of this node hold something that the broker can't take for the time being.
 * While there are any, a new connection is not read: else producers that come, fill their share and
 * go would take ever more memory. Thread-safe.
 */
final class NodeOverload {
  private final AtomicInteger refusedConnections = new AtomicInteger();

  void raise() {
    refusedConnections.incrementAndGet();
  }

  void lower() {
    refusedConnections.decrementAndGet();
  }

  boolean isRaised() {
    return refusedConnections.get() > 0;
  }
}
