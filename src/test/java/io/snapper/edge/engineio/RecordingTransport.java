package io.snapper.edge.engineio;

import io.snapper.core.error.CloseReason;
import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.ArrayList;
import java.util.List;

/** A transport that keeps what it gets and takes more only when the test says so. */
final class RecordingTransport implements PacketTransport {
  private final EngineIoTransport kind;
  private final List<List<String>> writes = new ArrayList<>();
  private CloseReason closeReason;
  private boolean isRetired;

  RecordingTransport(EngineIoTransport kind) {
    this.kind = kind;
  }

  @Override
  public EngineIoTransport kind() {
    return kind;
  }

  @Override
  public void write(List<String> packets) {
    writes.add(packets);
  }

  @Override
  public void retire() {
    isRetired = true;
  }

  @Override
  public void close(CloseReason reason) {
    closeReason = reason;
  }

  /** Returns all packets, in order. */
  List<String> packets() {
    return writes.stream().flatMap(List::stream).toList();
  }

  List<List<String>> writes() {
    return writes;
  }

  /** Returns the last packet. */
  String last() {
    List<String> packets = packets();
    return packets.get(packets.size() - 1);
  }

  CloseReason closeReason() {
    return closeReason;
  }

  boolean isRetired() {
    return isRetired;
  }
}
