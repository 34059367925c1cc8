package io.snapper.edge.engineio;

import io.snapper.bench.SampleText;
import io.snapper.core.delivery.Batch;
import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.protocol.jsonrpc.JsonRpcLimits;
import io.snapper.protocol.jsonrpc.JsonRpcParser;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch as the packet that delivers it. */
@State(Scope.Thread)
public class ConsumerRpcBenchmark {
  private static final String EPOCH = "1x8pkq6v3m2f9";
  private static final long FIRST_OFFSET = 104_711;

  @Param({"1", "50"})
  int messages;

  private final ConsumerRpc rpc =
      new ConsumerRpc(new JsonRpcParser(JsonRpcLimits.ofLength(1 << 20)), packet -> {});
  private List<String> texts;
  private BatchExtent extent;
  private List<Message> encodedMessages;

  @Setup
  public void prepare() {
    texts = SampleText.JSON.messages(messages);
    long last = FIRST_OFFSET + messages - 1;
    extent =
        new BatchExtent(
            EPOCH + ":" + FIRST_OFFSET + (messages == 1 ? "" : "-" + last),
            List.of(new BatchExtent.Segment(new RoomName("room"), EPOCH, FIRST_OFFSET, last)));
    encodedMessages = newMessages();
    rpc.delivery(new Batch(extent, encodedMessages));
  }

  /** For the first consumer that gets these messages. */
  @Benchmark
  public String encode() {
    return rpc.delivery(new Batch(extent, newMessages()));
  }

  /** For the first one that gets them in a batch with these bounds. */
  @Benchmark
  public String join() {
    return rpc.delivery(new Batch(extent, encodedMessages));
  }

  private List<Message> newMessages() {
    List<Message> made = new ArrayList<>(messages);
    for (int index = 0; index < messages; index++) {
      made.add(new Message(FIRST_OFFSET + index, texts.get(index), 1_790_000_000_000L));
    }
    return made;
  }
}
