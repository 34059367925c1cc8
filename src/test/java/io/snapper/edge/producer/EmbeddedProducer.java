package io.snapper.edge.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcId;
import io.snapper.protocol.jsonrpc.JsonRpcLimits;
import io.snapper.protocol.jsonrpc.JsonRpcParser;
import io.snapper.protocol.jsonrpc.JsonRpcWriter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A producer's end of a pipeline without a network, on a clock that is moved by hand. */
final class EmbeddedProducer {
  static final ProducerLimits LIMITS =
      new ProducerLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          8 * 1024,
          16 * 1024 * 1024,
          10_000,
          Duration.ofSeconds(10));

  private final ProducerEdge edge;
  private final EmbeddedChannel channel;

  private EmbeddedProducer(ProducerEdge edge) {
    this.edge = edge;
    this.channel = new EmbeddedChannel(new ProducerChannelInitializer(edge));
    channel.freezeTime();
  }

  static EmbeddedProducer unauthenticated(RecordingBroker broker) {
    return new EmbeddedProducer(edgeOf(broker));
  }

  static EmbeddedProducer of(RecordingBroker broker) {
    return of(edgeOf(broker));
  }

  /** A producer that has authenticated itself and read the answer. */
  static EmbeddedProducer of(ProducerEdge edge) {
    EmbeddedProducer producer = new EmbeddedProducer(edge);
    producer.send(auth());
    producer.answers();
    return producer;
  }

  static ProducerEdge edgeOf(BrokerCalls broker) {
    return new ProducerEdge(
        broker,
        new FakeTokens(),
        LIMITS,
        new JsonRpcParser(JsonRpcLimits.ofLength(LIMITS.frameBytes())),
        new Connections(),
        new NodeOverload());
  }

  static String auth() {
    return request(0, "auth", "[\"" + FakeTokens.VALID + "\"]");
  }

  static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  static String notification(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  static String success(int id, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
  }

  /** Returns an error; {@code data} is JSON, or null for none. */
  static String failure(String id, JsonRpcErrorCode error, String data) {
    JsonRpcId parsed = new JsonRpcId(id);
    return data == null
        ? JsonRpcWriter.failure(parsed, error)
        : JsonRpcWriter.failure(parsed, error, data);
  }

  /** Returns one frame. */
  static byte[] frame(String json) {
    byte[] content = json.getBytes(UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(("$" + content.length + "\r\n").getBytes(UTF_8));
    frame.writeBytes(content);
    frame.writeBytes("\r\n".getBytes(UTF_8));
    return frame.toByteArray();
  }

  /** Sends each text as a frame, all in one piece. */
  void send(String... texts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(texts).forEach(text -> all.writeBytes(frame(text)));
    sendBytes(all.toByteArray());
  }

  void sendBytes(String bytes) {
    sendBytes(bytes.getBytes(UTF_8));
  }

  void sendBytes(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    channel.runPendingTasks();
  }

  /** Returns the frames that have come since the last call. */
  List<String> answers() {
    channel.runPendingTasks();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
      byte[] bytes = new byte[piece.readableBytes()];
      piece.readBytes(bytes);
      all.writeBytes(bytes);
      piece.release();
    }
    return framesOf(all.toByteArray());
  }

  void passTime(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    // What is due, and then what that has left to be done.
    channel.runPendingTasks();
    channel.runPendingTasks();
  }

  boolean isOpen() {
    channel.runPendingTasks();
    return channel.isOpen();
  }

  boolean isRead() {
    channel.runPendingTasks();
    return channel.config().isAutoRead();
  }

  EmbeddedChannel channel() {
    return channel;
  }

  ProducerEdge edge() {
    return edge;
  }

  /** Reads frames as a client does. */
  static List<String> framesOf(byte[] bytes) {
    List<String> frames = new ArrayList<>();
    int position = 0;
    while (position < bytes.length) {
      int lineEnd = position;
      while (bytes[lineEnd] != '\r') {
        lineEnd++;
      }
      int length = Integer.parseInt(new String(bytes, position + 1, lineEnd - position - 1, UTF_8));
      frames.add(new String(bytes, lineEnd + 2, length, UTF_8));
      position = lineEnd + 2 + length + 2;
    }
    return frames;
  }
}
