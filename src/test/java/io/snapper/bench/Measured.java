package io.snapper.bench;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;

/**
 * What the load tool has seen of one load.
 *
 * @param report the load tool's report
 * @param nodes how many of the processes that it reports are nodes; the others are Redis
 * @param segments what was stored for one message: less than 1 if messages came together
 * @param pushes what Redis sent to nodes for one message
 * @param redisBytes by how much Redis' memory has grown from the beginning to the end
 */
record Measured(JsonObject report, int nodes, double segments, double pushes, double redisBytes) {
  double figure(String name) {
    JsonNumber number = report.getJsonNumber(name);
    return number == null ? Double.NaN : number.doubleValue();
  }

  double messagesPerSecond() {
    return figure("messages") / figure("seconds");
  }

  double deliveriesPerSecond() {
    return figure("deliveries") / figure("seconds");
  }

  /** Returns how many messages were stored together. */
  double messagesPerCall() {
    return 1 / segments;
  }

  /** Returns what the nodes used, in percent of one core. */
  double nodePercent() {
    return sum("cpuPercentByProcess", 0, nodes);
  }

  /** Returns what all of Redis used, in percent of one core. */
  double redisPercent() {
    return sum("cpuPercentByProcess", nodes, Integer.MAX_VALUE);
  }

  double nodeMsPerConnection() {
    return sum("cpuMsPerConnectionByProcess", 0, nodes);
  }

  double redisMsPerConnection() {
    return sum("cpuMsPerConnectionByProcess", nodes, Integer.MAX_VALUE);
  }

  boolean isFlawless() {
    return figure("missing") + figure("repeated") + figure("skipped") == 0;
  }

  private double sum(String name, int from, int to) {
    JsonArray list = report.getJsonArray(name);
    double sum = 0;
    for (int index = from; index < Math.min(to, list.size()); index++) {
      sum += list.getJsonNumber(index).doubleValue();
    }
    return sum;
  }
}
