package io.snapper.chaos;

import io.snapper.testing.net.CuttableProxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;

/**
 * The addresses that clients know. Each new connection goes to a node that is ready; if none is, to
 * one that lives.
 */
final class Balancers implements AutoCloseable {
  private final List<Node> nodes;
  private final CuttableProxy webSocket;
  private final Map<String, CuttableProxy> producers = new HashMap<>();
  private int turn;

  Balancers(List<Node> nodes, Layout layout) {
    this.nodes = nodes;
    this.webSocket = CuttableProxy.to(() -> portOf(inTurn(), Node::httpPort), "consumers");
    for (Layout.Producer producer : layout.producers()) {
      if (!producer.isHttp()) {
        int preferred = producers.size() % nodes.size();
        producers.put(
            producer.name(),
            CuttableProxy.to(() -> portOf(from(preferred), Node::producerPort), producer.name()));
      }
    }
  }

  /** Returns the port for consumers and the HTTP API: one node after the other. */
  int webSocketPort() {
    return webSocket.port();
  }

  /** Returns the ports of the producers: each stays with one node as long as that is ready. */
  Map<String, Integer> producerPorts() {
    Map<String, Integer> ports = new HashMap<>();
    producers.forEach((name, proxy) -> ports.put(name, proxy.port()));
    return ports;
  }

  /** Returns how many connections to consumers' port a node has. */
  int connectionsOf(Node node) {
    int port = node.httpPort();
    return webSocket.openConnections(open -> open.serverPort() == port);
  }

  /** Breaks about this share of the connections of consumers and of the HTTP API. */
  int cut(double share) {
    return webSocket.cut(open -> ThreadLocalRandom.current().nextDouble() < share);
  }

  /** Breaks the connections of the TCP producers. */
  void cutProducers() {
    producers.values().forEach(CuttableProxy::cut);
  }

  /** Lets about this share of the connections fall silent until {@link #resume}. */
  void stall(double share) {
    webSocket.stall(
        CuttableProxy.Direction.TO_CLIENT,
        open -> ThreadLocalRandom.current().nextDouble() < share);
    webSocket.stall(
        CuttableProxy.Direction.TO_SERVER,
        open -> ThreadLocalRandom.current().nextDouble() < share);
  }

  void resume() {
    webSocket.resume();
  }

  private List<Node> inTurn() {
    turn++;
    return from(turn % nodes.size());
  }

  private List<Node> from(int first) {
    List<Node> ordered = new ArrayList<>(nodes.subList(first, nodes.size()));
    ordered.addAll(nodes.subList(0, first));
    return ordered;
  }

  private static int portOf(List<Node> candidates, ToIntFunction<Node> port) {
    return candidates.stream()
        .filter(Node::isReady)
        .findFirst()
        .or(() -> candidates.stream().filter(Node::isAlive).findFirst())
        .map(port::applyAsInt)
        .orElse(0);
  }

  @Override
  public void close() {
    webSocket.close();
    producers.values().forEach(CuttableProxy::close);
  }
}
