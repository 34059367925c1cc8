package io.snapper.protocol.jsonrpc;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The answer that each batch gets, and what it would cost if it were not recognised. */
@State(Scope.Thread)
public class AcknowledgementBenchmark {
  private final JsonRpcParser parser = new JsonRpcParser(JsonRpcLimits.ofLength(1 << 20));
  // None of these is final: the compilers would know the answer beforehand.
  private String id = "1x8pkq6v3m2f9:104711-104760";
  private String packet = "4{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":\"OK\"}";
  private String message = packet.substring(1);

  @Benchmark
  public boolean match() {
    return Acknowledgement.matches(packet, 1, id);
  }

  @Benchmark
  public JsonRpcMessage parse() {
    return parser.parse(message);
  }
}
