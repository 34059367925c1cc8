package io.snapper.edge.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.NodeRegistry.ClusterReport;
import io.snapper.core.store.NodeRegistry.LiveNode;
import io.snapper.core.store.NodeRegistry.NodeReport;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsDocumentTest {
  private static final NodeId HERE = new NodeId("here");
  private static final NodeId THERE = new NodeId("there");

  @Test
  void shouldHaveTheFormThatDashboardsRead() {
    ClusterReport report =
        new ClusterReport(
            10, 20, 30, 40, List.of(live(HERE, "a.example:8080", 3), live(THERE, "b:80", 4)));

    JsonObject document = StatisticsDocument.of("snapper", "3.0.0", HERE, report);

    assertThat(document.toString())
        .isEqualTo(
            "{\"server\":\"snapper\",\"version\":\"3.0.0\",\"serverId\":\"a.example\",\"stats\":"
                + "{\"total\":{\"producerMessages\":\"10\",\"consumerMessages\":\"20\","
                + "\"consumers\":\"30\",\"rooms\":\"40\"},\"online\":7,"
                + "\"current\":{\"a.example:8080\":3,\"b:80\":4}}}");
  }

  @Test
  void shouldAddUpNodesOfOneAddress() {
    ClusterReport report =
        new ClusterReport(0, 0, 0, 0, List.of(live(HERE, "a:80", 3), live(THERE, "a:80", 4)));

    JsonObject stats = StatisticsDocument.of("snapper", "3", HERE, report).getJsonObject("stats");

    assertThat(stats.getJsonObject("current").toString()).isEqualTo("{\"a:80\":7}");
  }

  @Test
  void shouldNameTheNodeBeforeItsFirstReport() {
    ClusterReport report = new ClusterReport(0, 0, 0, 0, List.of());

    assertThat(StatisticsDocument.of("snapper", "3", HERE, report).getString("serverId"))
        .isEqualTo("here");
  }

  @Test
  void shouldKeepAnAddressWithoutAPort() {
    ClusterReport report = new ClusterReport(0, 0, 0, 0, List.of(live(HERE, "node-1", 0)));

    assertThat(StatisticsDocument.of("snapper", "3", HERE, report).getString("serverId"))
        .isEqualTo("node-1");
  }

  private static LiveNode live(NodeId node, String address, long online) {
    return new LiveNode(node, new NodeReport(address, 1, 2, 3, online));
  }
}
