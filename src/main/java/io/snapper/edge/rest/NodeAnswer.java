package io.snapper.edge.rest;

import io.snapper.core.NodeStatus;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * The node that answers.
 *
 * @param phase starting, serving, draining, drained or stopped
 * @param obstacles what keeps it from serving; empty when it is ready
 * @param consumers how many consumers are connected to it
 * @param producers how many producers are connected by TCP, or have something that is not stored
 * @param unstoredMessages how many messages it has taken in that are not stored yet
 */
@JsonbPropertyOrder({
  "node",
  "address",
  "phase",
  "obstacles",
  "consumers",
  "producers",
  "unstoredMessages"
})
public record NodeAnswer(
    String node,
    String address,
    String phase,
    List<String> obstacles,
    long consumers,
    int producers,
    long unstoredMessages)
    implements Answer {
  public NodeAnswer {
    obstacles = List.copyOf(obstacles);
  }

  static NodeAnswer of(NodeStatus status) {
    return new NodeAnswer(
        status.node().value(),
        status.address(),
        status.phase().toString(),
        status.obstacles(),
        status.consumers(),
        status.producers(),
        status.unstoredMessages());
  }
}
