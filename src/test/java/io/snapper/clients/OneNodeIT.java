package io.snapper.clients;

import io.snapper.clients.Scenario.Node;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of one node with the usual settings; others share its Redis. */
class OneNodeIT {
  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldDeliverToEveryKindOfClientOnceAndInOrder(ServerKind kind) {
    Scenario.of("order").run(nodes(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldDeliverToManyConsumersOnceAndInOrder(ServerKind kind) {
    Scenario.of("fanout").run(nodes(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldPassMessagesByteForByte(ServerKind kind) {
    Scenario.of("bytes").run(nodes(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldLetConsumersJoinAndLeaveOnEveryNode(ServerKind kind) {
    Scenario.of("rooms").run(nodes(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldAnswerCallsAndWhatIsNone(ServerKind kind) {
    Scenario.of("rpc").run(nodes(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldOpenSessionsForGoodTokensOnly(ServerKind kind) {
    Scenario.of("handshake").run(nodes(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void shouldKeepSessionsApart(ServerKind kind) {
    Scenario.of("sessions").run(nodes(kind));
  }

  /** The node of that kind, then the others. */
  private static List<Node> nodes(ServerKind first) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.withOwnSecret(SharedServers.of(first)));
    for (ServerKind other : ServerKind.values()) {
      if (other != first) {
        nodes.add(Node.withOwnSecret(SharedServers.of(other)));
      }
    }
    return nodes;
  }
}
