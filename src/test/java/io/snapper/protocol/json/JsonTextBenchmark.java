package io.snapper.protocol.json;

import io.snapper.bench.SampleText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A message as a JSON string, which is written once for all its readers. */
@State(Scope.Thread)
public class JsonTextBenchmark {
  @Param SampleText text;

  private String message;
  private String quoted;

  @Setup
  public void prepare() {
    message = text.message(1);
    quoted = JsonText.quote(message);
  }

  @Benchmark
  public String quote() {
    return JsonText.quote(message);
  }

  @Benchmark
  public String unquote() {
    return JsonText.unquote(quoted);
  }
}
