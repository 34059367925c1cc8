package io.snapper.edge.engineio;

import io.snapper.bench.Audience;
import io.snapper.bench.SampleText;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.error.CloseReason;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.protocol.engineio.EngineIoTransport;
import io.snapper.testing.engine.TestLane;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From a push to the last acknowledgement with all that lies between but the container: the lane,
 * the frame, the connection, the answer's text. A time is that of one message to one consumer.
 */
public class EngineIoConnectionBenchmark {
  private static final int CONSUMERS = 2_000;
  private static final List<String> ONE = SampleText.LETTERS.messages(1);
  private static final List<String> FIFTY = SampleText.LETTERS.messages(50);

  /** All consumers in one room. */
  @State(Scope.Thread)
  public static class OneRoom {
    final Devices devices = new Devices();
    final Audience audience = Audience.inOneRoom(devices.lane, CONSUMERS, devices::connect);
  }

  /** Each consumer in a room of its own. */
  @State(Scope.Thread)
  public static class OwnRooms {
    final Devices devices = new Devices();
    final Audience audience = Audience.inOwnRooms(devices.lane, CONSUMERS, devices::connect);
  }

  @Benchmark
  @OperationsPerInvocation(CONSUMERS)
  public long oneMessageTo2000(OneRoom room) {
    return room.audience.deliver(ONE);
  }

  @Benchmark
  @OperationsPerInvocation(50 * CONSUMERS)
  public long fiftyMessagesTo2000(OneRoom room) {
    return room.audience.deliver(FIFTY);
  }

  @Benchmark
  @OperationsPerInvocation(CONSUMERS)
  public long oneMessageIn2000Rooms(OwnRooms rooms) {
    return rooms.audience.deliver(ONE);
  }

  /** What is at the other end of the connections. */
  private static final class Devices {
    private static final String HEAD = "4{\"jsonrpc\":\"2.0\",\"id\":\"";

    private final TestLane lane = new TestLane();
    private final TestEdge edge = new TestEdge();
    private String lastPacket = "";
    private String lastAnswer;

    void connect(ConsumerIdentity identity) {
      EngineIoConnection connection = edge.session(identity.user().value(), EngineIoRevision.V4);
      WebSocket transport = new WebSocket(connection, this);
      connection.attach(transport);
      connection.start();
      edge.lastConnecting().result().complete(lane.connect(identity, connection));
      connection.onWritable(transport);
    }

    /**
     * Returns the answer to a packet, one text for all who get the same one; null if none is due.
     */
    String answerTo(String packet) {
      if (packet != lastPacket) {
        lastPacket = packet;
        lastAnswer =
            packet.startsWith(HEAD)
                ? packet.substring(0, packet.indexOf('"', HEAD.length())) + "\",\"result\":\"OK\"}"
                : null;
      }
      return lastAnswer;
    }
  }

  /** A WebSocket that takes everything at once to a device that answers at once. */
  private record WebSocket(EngineIoConnection connection, Devices devices)
      implements PacketTransport {
    @Override
    public EngineIoTransport kind() {
      return EngineIoTransport.WEBSOCKET;
    }

    @Override
    public void write(List<String> packets) {
      connection.onWritable(this);
      for (String packet : packets) {
        String answer = devices.answerTo(packet);
        if (answer != null) {
          connection.onText(this, answer);
        }
      }
    }

    @Override
    public void retire() {
      throw new AssertionError("there is no other transport");
    }

    @Override
    public void close(CloseReason reason) {
      throw new AssertionError("closed: " + reason);
    }
  }
}
