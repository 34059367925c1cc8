package io.snapper.core;

/**
 * Takes this node out of service and back. Doing one of the two twice is harmless. Thread safe; no
 * method waits.
 */
public interface NodeControl {
  NodeStatus status();

  /**
   * Begins to take the node out of service: readiness turns red, no connection is taken, consumers
   * are released in steps, producers by TCP get the answers to what they have sent and are closed.
   * What is left after the configured limit stays; draining again goes on with it.
   *
   * @throws io.snapper.core.error.SnapperException with {@code UNAVAILABLE} if the node has not
   *     started, or stops
   */
  NodeStatus drain();

  /**
   * Ends a draining, wherever it is: the node serves again.
   *
   * @throws io.snapper.core.error.SnapperException with {@code UNAVAILABLE} if the node has not
   *     started, or stops
   */
  NodeStatus resume();
}
