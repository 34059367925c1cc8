package io.snapper.store.redis;

import io.snapper.bench.SampleText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Messages on their way to Redis and, as one push, back. */
@State(Scope.Thread)
public class PushCodecBenchmark {
  @Param({"1", "50"})
  int messages;

  private List<String> texts;
  private byte[] push;

  @Setup
  public void prepare() {
    texts = SampleText.LETTERS.messages(messages);
    LogSegment segment = LogSegment.of(texts).get(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ("4711\tM\tuser55a07f2dee06c78e1357b0ad\t1x8pkq6v3m2f9\t1790000000000\t104711\t1790000000001\t"
                + segment.lengths()
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(segment.payloads());
    push = bytes.toByteArray();
  }

  @Benchmark
  public List<LogSegment> encode() {
    return LogSegment.of(texts);
  }

  @Benchmark
  public PushCodec.Numbered decode() {
    return PushCodec.decode(push);
  }
}
