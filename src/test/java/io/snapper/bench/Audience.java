package io.snapper.bench;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.testing.engine.TestLane;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The consumers of one lane, and the rooms that they are in, for measuring what messages cost. */
public final class Audience {
  private static final long EXPIRY = 4_102_444_800L;

  private final TestLane lane;
  private final int consumers;
  private final List<TestLane.Room> rooms;
  private long acknowledged;

  private Audience(TestLane lane, int consumers, List<TestLane.Room> rooms) {
    this.lane = lane;
    this.consumers = consumers;
    this.rooms = rooms;
  }

  /** Connects consumers, by {@code connect}, and puts all of them into one room. */
  public static Audience inOneRoom(
      TestLane lane, int consumers, Consumer<ConsumerIdentity> connect) {
    List<ConsumerIdentity> connected = connect(consumers, connect);
    return new Audience(lane, consumers, List.of(lane.join(new RoomName("room"), connected)));
  }

  /** Connects consumers, by {@code connect}, each of whom is in a room of its own. */
  public static Audience inOwnRooms(
      TestLane lane, int consumers, Consumer<ConsumerIdentity> connect) {
    List<ConsumerIdentity> connected = connect(consumers, connect);
    return new Audience(lane, consumers, connected.stream().map(lane::ownRoom).toList());
  }

  private static List<ConsumerIdentity> connect(int count, Consumer<ConsumerIdentity> connect) {
    List<ConsumerIdentity> consumers =
        IntStream.range(0, count)
            .mapToObj("55a07f2dee06c78e1357%04x"::formatted)
            .map(user -> ConsumerIdentity.of(new UserId(user), DeviceKind.WEB, EXPIRY))
            .toList();
    consumers.forEach(connect);
    return consumers;
  }

  /**
   * Pushes these messages to each room and lets the lane work until all consumers have acknowledged
   * them. Returns how many were ever acknowledged.
   */
  public long deliver(List<String> texts) {
    rooms.forEach(room -> room.push(texts));
    lane.settle();
    acknowledged += (long) texts.size() * consumers;
    if (lane.acknowledgedMessages() != acknowledged) {
      throw new IllegalStateException(
          lane.acknowledgedMessages() + " acknowledged instead of " + acknowledged);
    }
    return acknowledged;
  }
}
