package io.snapper.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a node says of itself and how long it counts as alive.
 *
 * @param serverName the name of the whole installation
 * @param address the name under which this node is listed, if given
 * @param heartbeat how often the lease is renewed and lost pushes are looked for
 * @param lease how long a silent node counts as alive
 */
public record NodeSettings(
    String serverName, Optional<String> address, Duration heartbeat, Duration lease) {

  /** Returns the address, or else the machine's host name; may ask the resolver. */
  public String addressOrHostName() {
    return address.orElseGet(
        () -> {
          try {
            return InetAddress.getLocalHost().getHostName();
          } catch (UnknownHostException noName) {
            return "localhost";
          }
        });
  }

  static NodeSettings read(SettingsReader reader) {
    NodeSettings node =
        new NodeSettings(
            reader.read(Settings.SERVER_NAME),
            reader.read(Settings.NODE_ADDRESS),
            reader.read(Settings.NODE_HEARTBEAT),
            reader.read(Settings.NODE_LEASE));
    reader.check(
        node.lease().compareTo(node.heartbeat().multipliedBy(2)) > 0,
        "the lease must be more than twice the heartbeat, or one late heartbeat ends it",
        Settings.NODE_LEASE,
        Settings.NODE_HEARTBEAT);
    reader.check(
        node.lease().compareTo(reader.read(Settings.REDIS_TIMEOUT)) > 0,
        "the lease must be longer than the timeout, or one slow answer ends it",
        Settings.NODE_LEASE,
        Settings.REDIS_TIMEOUT);
    return node;
  }
}
