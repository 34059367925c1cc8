package io.snapper.core.delivery;

import io.snapper.bench.Audience;
import io.snapper.bench.SampleText;
import io.snapper.testing.engine.TestLane;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From a push to the last acknowledgement, with consumers that answer at once and an edge that
 * encodes nothing; a time is that of one message to one consumer.
 */
public class LaneBenchmark {
  private static final List<String> ONE = SampleText.LETTERS.messages(1);
  private static final List<String> FIFTY = SampleText.LETTERS.messages(50);

  /** 200 consumers in one room. */
  @State(Scope.Thread)
  public static class RoomOf200 {
    final TestLane lane = new TestLane();
    final Audience audience = Audience.inOneRoom(lane, 200, lane::connect);
  }

  /** 2,000 consumers in one room. */
  @State(Scope.Thread)
  public static class RoomOf2000 {
    final TestLane lane = new TestLane();
    final Audience audience = Audience.inOneRoom(lane, 2_000, lane::connect);
  }

  /** 2,000 consumers, each in a room of its own. */
  @State(Scope.Thread)
  public static class OwnRooms {
    final TestLane lane = new TestLane();
    final Audience audience = Audience.inOwnRooms(lane, 2_000, lane::connect);
  }

  @Benchmark
  @OperationsPerInvocation(200)
  public long oneMessageTo200(RoomOf200 room) {
    return room.audience.deliver(ONE);
  }

  @Benchmark
  @OperationsPerInvocation(50 * 200)
  public long fiftyMessagesTo200(RoomOf200 room) {
    return room.audience.deliver(FIFTY);
  }

  @Benchmark
  @OperationsPerInvocation(2_000)
  public long oneMessageTo2000(RoomOf2000 room) {
    return room.audience.deliver(ONE);
  }

  @Benchmark
  @OperationsPerInvocation(50 * 2_000)
  public long fiftyMessagesTo2000(RoomOf2000 room) {
    return room.audience.deliver(FIFTY);
  }

  @Benchmark
  @OperationsPerInvocation(2_000)
  public long oneMessageIn2000Rooms(OwnRooms rooms) {
    return rooms.audience.deliver(ONE);
  }

  /**
   * As {@link #oneMessageTo2000}, and then a tick, which writes the places to a store in memory.
   */
  @Benchmark
  @OperationsPerInvocation(2_000)
  public long oneMessageTo2000AndTick(RoomOf2000 room) {
    long acknowledged = room.audience.deliver(ONE);
    room.lane.tick();
    return acknowledged;
  }
}
