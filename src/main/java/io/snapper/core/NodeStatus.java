package io.snapper.core;

import io.snapper.core.message.NodeId;
import java.util.List;

/**
 * A node as its operator sees it.
 *
 * @param address host:port by which people know it
 * @param obstacles what keeps it from serving; empty when it is ready
 * @param consumers how many consumers are connected
 * @param producers how many producers have a connection by TCP that is not over
 * @param unstoredMessages how many messages were taken in and are not stored yet
 */
public record NodeStatus(
    NodeId node,
    String address,
    NodePhase phase,
    List<String> obstacles,
    long consumers,
    int producers,
    long unstoredMessages) {
  public NodeStatus {
    obstacles = List.copyOf(obstacles);
  }
}
