package io.snapper.protocol.engineio;

import io.snapper.protocol.json.JsonText;
import java.util.List;
import java.util.Objects;

/**
 * What the server says first.
 *
 * @param sessionId the sid
 * @param upgrades the transports to which the client may change
 * @param pingIntervalMs from one ping to the next
 * @param pingTimeoutMs how long to wait for the other side's part of a heartbeat
 * @param maxPayload the longest polling body that the server takes, in bytes; only revision 4 says
 *     so
 */
public record OpenPacket(
    String sessionId,
    List<EngineIoTransport> upgrades,
    long pingIntervalMs,
    long pingTimeoutMs,
    int maxPayload) {

  /** Copies the list. */
  public OpenPacket {
    Objects.requireNonNull(sessionId, "sessionId");
    upgrades = List.copyOf(upgrades);
  }

  /** This as a packet of the revision. */
  public EngineIoPacket toPacket(EngineIoRevision revision) {
    StringBuilder json = new StringBuilder(160).append("{\"sid\":");
    JsonText.quoteTo(json, sessionId);
    json.append(",\"upgrades\":[");
    String separator = "";
    for (EngineIoTransport upgrade : upgrades) {
      json.append(separator).append('"').append(upgrade.wireName()).append('"');
      separator = ",";
    }
    json.append("],\"pingInterval\":").append(pingIntervalMs);
    json.append(",\"pingTimeout\":").append(pingTimeoutMs);
    if (revision == EngineIoRevision.V4) {
      json.append(",\"maxPayload\":").append(maxPayload);
    }
    return EngineIoPacket.ofText(EngineIoPacketType.OPEN, json.append('}').toString());
  }
}
