package io.snapper.simulation;

import io.snapper.core.delivery.GapNotice;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** What one consumer must and may see; checks everything that it gets. */
final class ConsumerModel {
  private final RoomName userRoom;
  private final ConsumerId consumer;
  private final History history;
  private final Scenario scenario;
  private final LongSupplier step;
  private final Supplier<SimulatedConnection> connection;
  private final Map<RoomName, Membership> memberships = new HashMap<>();
  private final Map<RoomName, List<GapNotice>> gapsSent = new HashMap<>();
  private final Map<RoomName, List<GapNotice>> gapsSeen = new HashMap<>();
  private final Application unmodified = new Application(false);
  private final Application deduping = new Application(true);
  private Arrival arrival = new Arrival("", Map.of());
  private int connections;

  ConsumerModel(
      UserId user,
      ConsumerId consumer,
      History history,
      Scenario scenario,
      LongSupplier step,
      Supplier<SimulatedConnection> connection) {
    this.userRoom = RoomName.ofUser(user);
    this.consumer = consumer;
    this.history = history;
    this.scenario = scenario;
    this.step = step;
    this.connection = connection;
    membership(userRoom).onJoinCalled(0);
    membership(RoomName.EVERYONE).onJoinCalled(0);
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  Membership membership(RoomName room) {
    return memberships.computeIfAbsent(room, unknown -> new Membership());
  }

  Map<RoomName, Membership> memberships() {
    return memberships;
  }

  Application unmodified() {
    return unmodified;
  }

  Application deduping() {
    return deduping;
  }

  void onOpen(long now) {
    connections++;
    membership(userRoom).onJoined(now);
  }

  /** The store took the consumer out of a room: perhaps by a call that was given up long ago. */
  void onLeft(RoomName room) {
    membership(room).onLeaveCalled(step.getAsLong(), null);
  }

  /** Something was stored that was published to a device: by then the device is in its own room. */
  void onPublishedToDevice(RoomName room) {
    // Where everything may be lost, so may that be before the message is stored.
    boolean isKept = scenario.faults() != Scenario.Faults.WIPES;
    if (isKept && room.equals(RoomName.ofConsumer(consumer))) {
      membership(room).onJoined(step.getAsLong());
    }
  }

  /** The store lost everything. */
  void onWiped() {
    memberships.values().forEach(membership -> membership.forget(step.getAsLong()));
  }

  void onBatch(String id, Map<RoomName, Long> firstOffsets) {
    arrival = new Arrival(id, firstOffsets);
  }

  /** A batch that came, and where it begins in each of its rooms. */
  private record Arrival(String id, Map<RoomName, Long> firstOffsets) {}

  private long lastTrimmed(RoomName room) {
    return history.count(room) - (long) scenario.logMessages();
  }

  /** A node sends the consumer something. */
  void onSent(NodeId node, long nowMs, String what) {
    require(
        history.maySend(node, consumer, nowMs),
        node + " has lost its lease and " + consumer + ", and sends it " + what);
  }

  void onGapSent(GapNotice gap) {
    gapsSent.computeIfAbsent(gap.room(), unknown -> new ArrayList<>()).add(gap);
    if (scenario.faults().losesHistory()) {
      unmodified.lossyView(gap.room()).onGapSent(gap);
      deduping.lossyView(gap.room()).onGapSent(gap);
    }
    if (!scenario.faults().losesHistory()) {
      require(gap.from() <= gap.to(), "empty " + gap);
      long lastTrimmed = lastTrimmed(gap.room());
      require(gap.to() <= lastTrimmed, gap + " though the log reaches back to " + lastTrimmed);
    }
  }

  void onGapSeen(GapNotice gap) {
    // A notice is repeated, perhaps in a longer one, until something behind it is acknowledged.
    long from =
        LongStream.rangeClosed(gap.from(), gap.to())
            .filter(offset -> !isCovered(gapsSeen.get(gap.room()), offset))
            .findFirst()
            .orElse(Long.MAX_VALUE);
    gapsSeen.computeIfAbsent(gap.room(), unknown -> new ArrayList<>()).add(gap);
    if (scenario.faults().losesHistory()) {
      return;
    }
    long highest = deduping.view(gap.room()).last;
    // What was sent last may have come, with its acknowledgement on the way.
    boolean mayOverlap =
        from >= unmodified.view(gap.room()).runFrom
            || !scenario.isStrict() && history.ungracefulTakeovers(consumer) > 0;
    require(from > highest || mayOverlap, gap + ", but had " + highest);
  }

  /** At the end, when everything has come to rest: nothing that is due may be missing. */
  void checkNothingMissing() {
    for (RoomName room : memberships.keySet()) {
      if (scenario.faults().losesHistory()) {
        unmodified.lossyView(room).checkEnd(isTold());
        continue;
      }
      unmodified.view(room).checkEnd();
      deduping.view(room).checkEnd();
    }
  }

  private static boolean isCovered(List<GapNotice> gaps, long offset) {
    return gaps != null
        && gaps.stream().anyMatch(gap -> gap.from() <= offset && offset <= gap.to());
  }

  /**
   * A notice is repeated until something behind it is acknowledged, so it must have arrived. But
   * nobody keeps a position for everyone's room, nor for one that was left.
   */
  private List<GapNotice> toldGaps(RoomName room, Membership.Window window) {
    boolean isLeft = !window.isOpen() && !window.hasConnectionSinceEnd(connection.get());
    boolean isRepeated = !isLeft && !room.equals(RoomName.EVERYONE);
    return isRepeated ? gapsSeen.get(room) : gapsSent.get(room);
  }

  private int allowedStepsBack(RoomName room) {
    if (room.equals(RoomName.EVERYONE)) {
      // Nobody keeps a position there: the next node may not know yet what the last one sent.
      return connections;
    }
    // Where nothing fails, every handover is in time.
    boolean isExact = scenario.isStrict() || scenario.faults() == Scenario.Faults.CLIENTS;
    return isExact ? 0 : history.ungracefulTakeovers(consumer);
  }

  /** Returns whether each node that had the consumer knew from the last one what it has had. */
  boolean isTold() {
    return scenario.isStrict() || history.ungracefulTakeovers(consumer) == 0;
  }

  /** One of the two applications behind the consumer's connection. */
  final class Application {
    private final boolean isDeduping;
    private final Map<RoomName, RoomView> views = new HashMap<>();
    private final Map<RoomName, LossyView> lossyViews = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    private Application(boolean isDeduping) {
      this.isDeduping = isDeduping;
    }

    void onMessage(String epoch, long offset, String payload) {
      texts.add(payload);
      RoomName room = Payload.parse(payload).room();
      if (scenario.faults().losesHistory()) {
        LossyView view = lossyView(room);
        // What is left of a batch in flight of which a log has lost a part comes under another id.
        int repetitions = allowedStepsBack(room) + (isAnyLossy() ? connections : 0);
        // Where a node didn't know what the last one had sent, only the new epoch tells of a loss.
        int losses = isTold() ? 0 : history.ungracefulTakeovers(consumer);
        view.onMessage(epoch, offset, payload, isDeduping ? losses : repetitions, isTold());
      } else {
        view(room).onMessage(epoch, offset, payload);
      }
    }

    boolean has(String payload) {
      return texts.contains(payload);
    }

    private boolean isAnyLossy() {
      return lossyViews.values().stream().anyMatch(LossyView::isLossy);
    }

    private LossyView lossyView(RoomName room) {
      return lossyViews.computeIfAbsent(
          room,
          unknown ->
              new LossyView(
                  room,
                  (isDeduping ? "deduping" : "unmodified") + " client of " + consumer,
                  history.logs(),
                  membership(room),
                  scenario.logMessages()));
    }

    private RoomView view(RoomName room) {
      return views.computeIfAbsent(room, unknown -> new RoomView(room, isDeduping));
    }
  }

  /** What one application has seen of one room. */
  private final class RoomView {
    private final RoomName room;
    private final boolean isDeduping;
    private long last;
    private long runFrom;
    private Arrival run = new Arrival("", Map.of());
    private int stepsBack;

    RoomView(RoomName room, boolean isDeduping) {
      this.room = room;
      this.isDeduping = isDeduping;
    }

    void onMessage(String epoch, long offset, String payload) {
      History.Stored stored = history.at(room, offset);
      String what = this + " got " + offset + " after " + last;
      require(stored.payload().equals(payload) && stored.epoch().equals(epoch), "wrong: " + what);
      require(membership(room).mayHave(stored.step()), "from before its join: " + what);
      require(!isCovered(gapsSeen.get(room), offset), "declared missing before: " + what);
      Arrival previousRun = run;
      long previousRunFrom = runFrom;
      if (!arrival.id().equals(run.id())) {
        run = arrival;
        runFrom = offset;
      }
      if (offset > last) {
        checkMissing(offset, what);
      } else if (!isRestOf(previousRun, previousRunFrom, offset)) {
        stepsBack++;
        int allowed = isDeduping ? 0 : allowedStepsBack(room);
        require(stepsBack <= allowed, "repeated or out of order: " + what);
      }
      last = offset;
    }

    /**
     * A log has lost a part of the batch that was in flight, so it can't be sent again as it was;
     * what is left of it comes under another id. That is the limit of the promise.
     */
    private boolean isRestOf(Arrival batch, long batchFrom, long offset) {
      return offset >= batchFrom
          && batch.firstOffsets().entrySet().stream()
              .anyMatch(part -> part.getValue() <= lastTrimmed(part.getKey()));
    }

    void checkEnd() {
      checkMissing(history.count(room) + 1L, this + " ended after " + last);
    }

    /** Checks each message between the last one and {@code next} that was not delivered. */
    private void checkMissing(long next, String what) {
      for (long offset = last + 1; offset < next; offset++) {
        Membership.Window window = membership(room).windowOf(history.at(room, offset).step());
        if (window == null || isCovered(toldGaps(room, window), offset)) {
          continue;
        }
        boolean isEndOfWindow =
            !window.isOpen()
                && (next > history.count(room) || !window.contains(history.at(room, next).step()));
        // If the push of the join is lost, and the consumer has left again before that is noticed,
        // its node never knew of it. But what it has begun to get it gets to the end.
        boolean hasBegun =
            scenario.faults() == Scenario.Faults.CLIENTS
                || last > 0 && window.contains(history.at(room, last).step());
        require(
            isEndOfWindow && !(hasBegun && window.hasConnectionSinceEnd(connection.get())),
            "lost " + offset + " (" + history.at(room, offset).payload() + "): " + what);
      }
    }

    @Override
    public String toString() {
      return (isDeduping ? "deduping" : "unmodified") + " client of " + consumer + " in " + room;
    }
  }
}
