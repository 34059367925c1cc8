package io.snapper.protocol.engineio;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a client sends: a packet in a WebSocket frame, and two in the body of a poll. */
@State(Scope.Thread)
public class EngineIoRevisionBenchmark {
  @Param EngineIoRevision revision;

  private final EngineIoLimits limits = EngineIoLimits.ofPayload(1 << 20);
  private String packet;
  private byte[] body;

  @Setup
  public void prepare() {
    EngineIoPacket message =
        EngineIoPacket.message(
            "{\"jsonrpc\":\"2.0\",\"id\":\"1x8pkq6v3m2f9:104711-104760\",\"result\":\"OK\"}");
    packet = revision.encodeText(message);
    body =
        revision
            .encodePayload(List.of(message, EngineIoPacket.PING))
            .getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public EngineIoPacket decodePacket() throws EngineIoProtocolException {
    return revision.decodeText(packet);
  }

  @Benchmark
  public List<EngineIoPacket> decodeBody() throws EngineIoProtocolException {
    return revision.decodeBody(body, false, limits);
  }
}
