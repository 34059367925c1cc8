package io.snapper.edge.stats;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.NodeRegistry.ClusterReport;
import io.snapper.core.store.NodeRegistry.LiveNode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counters of all nodes as one JSON object. Totals are strings, as they always were. */
final class StatisticsDocument {
  private static final Pattern ADDRESS = Pattern.compile("(.+):\\d{1,5}");

  private StatisticsDocument() {}

  /**
   * Returns the document.
   *
   * @param server the installation's name
   * @param node the node that answers
   */
  static JsonObject of(String server, String version, NodeId node, ClusterReport report) {
    return Json.createObjectBuilder()
        .add("server", server)
        .add("version", version)
        .add("serverId", serverId(node, report))
        .add(
            "stats",
            Json.createObjectBuilder()
                .add("total", total(report))
                .add("online", online(report))
                .add("current", current(report)))
        .build();
  }

  private static JsonObjectBuilder total(ClusterReport report) {
    return Json.createObjectBuilder()
        .add("producerMessages", Long.toString(report.producerMessages()))
        .add("consumerMessages", Long.toString(report.consumerMessages()))
        .add("consumers", Long.toString(report.consumers()))
        .add("rooms", Long.toString(report.rooms()));
  }

  private static long online(ClusterReport report) {
    return report.nodes().stream().mapToLong(live -> live.report().online()).sum();
  }

  private static JsonObjectBuilder current(ClusterReport report) {
    Map<String, Long> onlineByAddress = new TreeMap<>();
    for (LiveNode live : report.nodes()) {
      // Nodes in containers may well give the same address.
      onlineByAddress.merge(live.report().address(), live.report().online(), Long::sum);
    }
    JsonObjectBuilder current = Json.createObjectBuilder();
    onlineByAddress.forEach(current::add);
    return current;
  }

  /** Returns this node's key in {@code current} without the port. */
  private static String serverId(NodeId node, ClusterReport report) {
    String address =
        report.nodes().stream()
            .filter(live -> live.node().equals(node))
            .map(live -> live.report().address())
            .findFirst()
            .orElse(node.value());
    Matcher matcher = ADDRESS.matcher(address);
    return matcher.matches() ? matcher.group(1) : address;
  }
}
