package io.snapper.edge.producer;

import io.netty.buffer.ByteBuf;
import io.snapper.bench.SampleText;
import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.jsonrpc.JsonRpcLimits;
import io.snapper.protocol.jsonrpc.JsonRpcMessage;
import io.snapper.protocol.jsonrpc.JsonRpcParser;
import io.snapper.protocol.jsonrpc.PublishParams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A producer's frame of 50 messages; a time is that of one of them. */
@State(Scope.Thread)
public class PublishFrameBenchmark {
  private static final int MESSAGES = 50;

  @Param({"1", "50"})
  int rooms;

  private final JsonRpcParser parser = new JsonRpcParser(JsonRpcLimits.ofLength(16 << 20));
  private final AcceptingBroker broker = new AcceptingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.of(EmbeddedProducer.edgeOf(broker));
  private byte[] json;
  private byte[] frame;

  @Setup
  public void prepare() {
    List<String> pairs = new ArrayList<>();
    for (int index = 0; index < MESSAGES; index++) {
      String room = "user55a07f2dee06c78e1357b%03d".formatted(index % rooms);
      pairs.add("[\"" + room + "\"," + JsonText.quote(SampleText.JSON.message(index)) + "]");
    }
    String request = EmbeddedProducer.request(1, "publish", pairs.toString());
    json = request.getBytes(StandardCharsets.UTF_8);
    frame = EmbeddedProducer.frame(request);
  }

  /** Reads the JSON-RPC of the frame. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public JsonRpcMessage parse() {
    return parser.parse(json);
  }

  /** Reads what there is to store, too. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Object read() {
    JsonRpcMessage.Request request = (JsonRpcMessage.Request) parser.parse(json);
    PublishParams params = PublishParams.parse(request.params()).orElseThrow();
    Reply reply = Reply.toRequest(Answer.ofOne(json.length), 0, request.id());
    return Publication.of(params.within("back end"), broker.messageLimitBytes(), reply);
  }

  /** From the bytes of the frame, through all handlers, to those of its answer. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int answer() {
    long before = broker.messages();
    producer.sendBytes(frame);
    int answerBytes = 0;
    for (ByteBuf piece = producer.channel().readOutbound();
        piece != null;
        piece = producer.channel().readOutbound()) {
      answerBytes += piece.readableBytes();
      piece.release();
    }
    if (broker.messages() != before + MESSAGES || answerBytes == 0) {
      throw new IllegalStateException("not all messages of the frame were taken and answered");
    }
    return answerBytes;
  }
}
