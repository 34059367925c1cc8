package io.snapper.edge.rest;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory.Connection;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A user's open connections.
 *
 * @param total how many there are, of which web, ios and android
 * @param connections each of them, the oldest first
 */
@JsonbPropertyOrder({"user", "total", "web", "ios", "android", "connections"})
public record ConnectionsAnswer(
    String user, long total, long web, long ios, long android, List<Item> connections)
    implements Answer {

  /** One connection. */
  @JsonbPropertyOrder({"consumer", "device", "node", "since"})
  public record Item(String consumer, String device, String node, Instant since) {}

  static ConnectionsAnswer of(UserId user, List<Connection> connections) {
    return new ConnectionsAnswer(
        user.value(),
        connections.size(),
        count(connections, DeviceKind.WEB),
        count(connections, DeviceKind.IOS),
        count(connections, DeviceKind.ANDROID),
        connections.stream()
            .sorted(Comparator.comparingLong(Connection::sinceMs))
            .map(ConnectionsAnswer::item)
            .toList());
  }

  private static long count(List<Connection> connections, DeviceKind device) {
    return connections.stream().filter(connection -> connection.device() == device).count();
  }

  private static Item item(Connection connection) {
    return new Item(
        connection.consumer().value(),
        connection.device().name().toLowerCase(Locale.ROOT),
        connection.node().value(),
        Instant.ofEpochMilli(connection.sinceMs()));
  }
}
