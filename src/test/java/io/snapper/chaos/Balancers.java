package io.snapper.chaos;

import io.snapper.testing.net.CuttableProxy;
import io.snapper.testing.net.CuttableProxy.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The addresses that clients know. Each new connection goes to a node that is ready; if none is, to
 * one that lives.
 */
final class Balancers implements AutoCloseable {
  private final List<Node> nodes;
  private final CuttableProxy inTurn;
  private final List<CuttableProxy> sticky = new ArrayList<>();
  private final Map<String, CuttableProxy> producers = new HashMap<>();
  private int turn;

  Balancers(List<Node> nodes, Layout layout) {
    this.nodes = nodes;
    this.inTurn = CuttableProxy.to(() -> portOf(inTurn(), Node::httpPort), "consumers");
    for (int first = 0; first < nodes.size(); first++) {
      int preferred = first;
      String name = "sticky-consumers-" + preferred;
      sticky.add(CuttableProxy.to(() -> portOf(from(preferred), Node::httpPort), name));
    }
    for (Layout.Producer producer : layout.producers()) {
      if (!producer.isHttp()) {
        int preferred = producers.size() % nodes.size();
        producers.put(
            producer.name(),
            CuttableProxy.to(() -> portOf(from(preferred), Node::producerPort), producer.name()));
      }
    }
  }

  /** Returns the port of the HTTP API: one node after the other. */
  int httpPort() {
    return inTurn.port();
  }

  /** Returns a consumer's port: one node after the other, unless it polls. */
  int of(Layout.Consumer consumer) {
    return consumer.needsStickiness()
        ? sticky.get(Math.floorMod(consumer.name().hashCode(), sticky.size())).port()
        : inTurn.port();
  }

  /** Returns the port of a TCP producer: one node as long as that is ready. */
  int of(Layout.Producer producer) {
    return producers.get(producer.name()).port();
  }

  /** Returns how many connections to the port of consumers a node has. */
  int connectionsOf(Node node) {
    int port = node.httpPort();
    return toConsumers()
        .mapToInt(proxy -> proxy.openConnections(open -> open.serverPort() == port))
        .sum();
  }

  /** Breaks about this share of the connections of consumers and of the HTTP API. */
  void cut(double share) {
    toConsumers().forEach(proxy -> proxy.cut(open -> isChosen(share)));
  }

  /** Breaks the connections of the TCP producers. */
  void cutProducers() {
    producers.values().forEach(CuttableProxy::cut);
  }

  /** Lets about this share of the connections fall silent until {@link #resume}. */
  void stall(double share) {
    toConsumers()
        .forEach(
            proxy -> {
              proxy.stall(Direction.TO_CLIENT, open -> isChosen(share));
              proxy.stall(Direction.TO_SERVER, open -> isChosen(share));
            });
  }

  /** Lets everything flow again. */
  void resume() {
    toConsumers().forEach(CuttableProxy::resume);
  }

  private Stream<CuttableProxy> toConsumers() {
    return Stream.concat(Stream.of(inTurn), sticky.stream());
  }

  private static boolean isChosen(double share) {
    return ThreadLocalRandom.current().nextDouble() < share;
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
    toConsumers().forEach(CuttableProxy::close);
    producers.values().forEach(CuttableProxy::close);
  }
}
