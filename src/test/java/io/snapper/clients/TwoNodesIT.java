package io.snapper.clients;

import io.snapper.clients.Scenario.Node;
import io.snapper.testing.server.ServerKind;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients see of two nodes of different kinds: when they change from one to the other, and
 * when a node or Redis stops. Those that stop something come last.
 */
@TestMethodOrder(OrderAnnotation.class)
class TwoNodesIT {
  private final NodePair pair = NodePair.get();

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  @Order(1)
  void shouldContinueAMailboxOnEitherNode(ServerKind kind) {
    Scenario.of("recovery").run(pair.startingWith(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  @Order(1)
  void shouldKeepSecretsHeartbeatsAndMailboxesAsConfigured(ServerKind kind) {
    Scenario.of("mailboxes").run(pair.startingWith(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  @Order(1)
  void shouldStoreOnceWhatIsPublishedAgainAtTheOtherNode(ServerKind kind) {
    Scenario.of("numbered").run(pair.startingWith(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  @Order(2)
  void shouldLoseAndRepeatNothingWhenANodeIsDrained(ServerKind kind) {
    Scenario.of("drain").run(pair.startingWith(kind));
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  @Order(2)
  void shouldDeliverNothingLateOverAConnectionThatAFrozenNodeStillHas(ServerKind kind) {
    List<Node> nodes = pair.startingWith(kind);
    Map<String, Supplier<List<Node>>> wishes =
        Map.of(
            "freeze",
            () -> {
              pair.setFrozen(kind, true);
              return nodes;
            },
            "thaw",
            () -> {
              pair.setFrozen(kind, false);
              return nodes;
            });

    try {
      Scenario.of("frozen").run(nodes, wishes);
    } finally {
      pair.setFrozen(kind, false);
    }
  }

  @Test
  @Order(1)
  void shouldSumTheStatisticsOfBothNodes() {
    Scenario.of("statistics").run(pair.startingWith(ServerKind.PAYARA_MICRO));
  }

  @Test
  @Order(2)
  void shouldGoOnAfterRedisWasAway() {
    List<Node> nodes = pair.startingWith(ServerKind.PAYARA_MICRO);
    Map<String, Supplier<List<Node>>> wishes =
        Map.of(
            "stop redis",
            () -> {
              pair.redis().stop();
              return nodes;
            },
            "start redis",
            () -> {
              pair.redis().restart();
              return nodes;
            });

    Scenario.of("outage").run(nodes, wishes);
  }

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  @Order(3)
  void shouldLoseNothingWhenANodeRestarts(ServerKind kind) {
    Map<String, Supplier<List<Node>>> wishes =
        Map.of(
            "restart",
            () -> {
              pair.restart(kind);
              return pair.startingWith(kind);
            });

    Scenario.of("restart").run(pair.startingWith(kind), wishes);
  }
}
