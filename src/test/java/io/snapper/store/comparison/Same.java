package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.BatchExtent.Segment;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.Mailboxes.Orphan;
import io.snapper.core.store.NodeRegistry.ClusterReport;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog.Taken;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import io.snapper.core.store.RoomState.Fork;
import io.snapper.core.store.UserDirectory.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether two values mean the same: epochs, fences and numbers of changes may differ, but must
 * always stand for the same thing. Each method fails if they don't.
 */
final class Same {
  /** How many messages are stored as one entry: a log is trimmed by whole ones. */
  private static final int LARGEST_ENTRY = 64;

  /** How much of a life may really pass during one sequence. */
  private static final Duration DRIFT = Duration.ofMinutes(2);

  private final Comparison stores;

  Same(Comparison stores) {
    this.stores = stores;
  }

  void state(RoomName room, RoomState memory, RoomState real) {
    stores.epochs(room).meet(memory.epoch(), real.epoch());
    assertThat(real.top()).as("top of %s", room).isEqualTo(memory.top());
    time("top of " + room, memory.topTimeMs(), real.topTimeMs());
    assertThat(real.lineage()).as("lineage of %s", room).hasSameSizeAs(memory.lineage());
    for (int index = 0; index < memory.lineage().size(); index++) {
      Fork expected = memory.lineage().get(index);
      Fork actual = real.lineage().get(index);
      stores.epochs(room).meet(expected.epoch(), actual.epoch());
      assertThat(actual.offset()).as("fork of %s", room).isEqualTo(expected.offset());
    }
  }

  /** Two times are as long ago, but for what really passes. */
  private void time(String what, long memoryMs, long realMs) {
    if (memoryMs == 0 || realMs == 0) {
      assertThat(realMs).as("time of the %s", what).isEqualTo(memoryMs);
      return;
    }
    assertThat(System.currentTimeMillis() - realMs)
        .as("age of the %s", what)
        .isBetween(
            stores.ageInMemory(memoryMs) - DRIFT.toMillis(),
            stores.ageInMemory(memoryMs) + DRIFT.toMillis());
  }

  void published(RoomName room, Published memory, Published real) {
    stores.epochs(room).meet(memory.epoch(), real.epoch());
    assertThat(real)
        .isEqualTo(
            new Published(
                real.epoch(), memory.firstOffset(), memory.lastOffset(), memory.repeated()));
  }

  /** The real store retains as many messages, and those that were stored together with them. */
  void page(RoomName room, LogPage memory, LogPage real) {
    state(room, memory.state(), real.state());
    long first = memory.firstRetained();
    boolean isEmpty = first > memory.state().top();
    long lowest =
        isEmpty
            ? first
            : Math.max(first - LARGEST_ENTRY + 1, stores.history().startOfRequest(room, first));
    assertThat(real.firstRetained())
        .as("first retained offset of %s", room)
        .isBetween(lowest, first);
    real.messages().forEach(Same::checkTime);
  }

  private static void checkTime(Message message) {
    assertThat(message.publishedAtMs())
        .isBetween(
            System.currentTimeMillis() - DRIFT.toMillis(),
            System.currentTimeMillis() + DRIFT.toMillis());
  }

  void position(RoomName room, Position memory, Position real) {
    stores.epochs(room).meet(memory.epoch(), real.epoch());
    assertThat(real)
        .as("position in %s", room)
        .isEqualTo(new Position(real.epoch(), memory.offset(), memory.timeMs()));
  }

  void fence(ConsumerId consumer, long memory, long real) {
    stores.fences(consumer).meet(memory, real);
  }

  void mailbox(ConsumerId consumer, Mailbox memory, Mailbox real) {
    assertThat(real.owner()).as("owner").isEqualTo(memory.owner());
    fence(consumer, memory.fence(), real.fence());
    assertThat(real.cursors().keySet()).as("rooms").isEqualTo(memory.cursors().keySet());
    memory
        .cursors()
        .forEach((room, position) -> position(room, position, real.cursors().get(room)));
    assertThat(real.inFlight().isPresent())
        .as("has a batch in flight")
        .isEqualTo(memory.inFlight().isPresent());
    memory.inFlight().ifPresent(batch -> batch(batch, real.inFlight().orElseThrow()));
  }

  void mailboxes(ConsumerId consumer, Optional<Mailbox> memory, Optional<Mailbox> real) {
    assertThat(real.isPresent()).as("has mailbox").isEqualTo(memory.isPresent());
    memory.ifPresent(mailbox -> mailbox(consumer, mailbox, real.orElseThrow()));
  }

  private void batch(BatchExtent memory, BatchExtent real) {
    assertThat(real.id()).as("id of the batch").isEqualTo(memory.id());
    assertThat(real.segments()).as("segments").hasSameSizeAs(memory.segments());
    for (int index = 0; index < memory.segments().size(); index++) {
      Segment expected = memory.segments().get(index);
      Segment actual = real.segments().get(index);
      stores.epochs(expected.room()).meet(expected.epoch(), actual.epoch());
      assertThat(actual)
          .isEqualTo(
              new Segment(
                  expected.room(),
                  actual.epoch(),
                  expected.from(),
                  expected.to(),
                  expected.toTimeMs()));
    }
  }

  void orphan(ConsumerId consumer, Optional<Orphan> memory, Optional<Orphan> real) {
    assertThat(real.map(Orphan::user)).as("user").isEqualTo(memory.map(Orphan::user));
    memory.ifPresent(orphan -> fence(consumer, orphan.fence(), real.orElseThrow().fence()));
  }

  void connections(List<Connection> memory, List<Connection> real) {
    Map<ConsumerId, Connection> actual = new HashMap<>();
    real.forEach(connection -> actual.put(connection.consumer(), connection));
    assertThat(real).hasSameSizeAs(memory);
    for (Connection expected : memory) {
      Connection found = actual.get(expected.consumer());
      assertThat(found).as("connection of %s", expected.consumer()).isNotNull();
      fence(expected.consumer(), expected.fence(), found.fence());
      assertThat(found)
          .isEqualTo(
              new Connection(
                  expected.consumer(),
                  expected.node(),
                  expected.device(),
                  found.fence(),
                  expected.sinceMs()));
    }
  }

  void taken(Taken memory, Taken real) {
    assertThat(real.heldElsewhereMs())
        .as("held elsewhere, ms")
        .isBetween(
            memory.heldElsewhereMs() == 0 ? 0 : memory.heldElsewhereMs() - DRIFT.toMillis(),
            memory.heldElsewhereMs());
    assertThat(real.changes()).hasSameSizeAs(memory.changes());
    for (int index = 0; index < memory.changes().size(); index++) {
      PresenceChange expected = memory.changes().get(index);
      PresenceChange actual = real.changes().get(index);
      stores.changes(expected.user()).meet(expected.number(), actual.number());
      assertThat(actual)
          .isEqualTo(
              new PresenceChange(
                  expected.user(),
                  expected.isOnline(),
                  actual.number(),
                  actual.atMs(),
                  expected.device(),
                  expected.node()));
    }
  }

  /** The number of rooms is an estimate. */
  void report(ClusterReport memory, ClusterReport real) {
    assertThat(real.rooms()).as("rooms").isBetween(memory.rooms() - 1, memory.rooms() + 1);
    assertThat(Set.copyOf(real.nodes())).as("living").isEqualTo(Set.copyOf(memory.nodes()));
    assertThat(real)
        .isEqualTo(
            new ClusterReport(
                memory.producerMessages(),
                memory.consumerMessages(),
                memory.consumers(),
                real.rooms(),
                real.nodes()));
  }

  void push(Push memory, Push real) {
    assertThat(real).isInstanceOf(memory.getClass());
    if (memory instanceof Push.RoomMessages expected) {
      messages(expected, (Push.RoomMessages) real);
      return;
    }
    ConsumerId consumer = ((Push.ForConsumer) memory).consumer();
    assertThat(((Push.ForConsumer) real).consumer()).isEqualTo(consumer);
    if (memory instanceof Push.Joined expected) {
      Push.Joined actual = (Push.Joined) real;
      assertThat(actual.room()).isEqualTo(expected.room());
      position(expected.room(), expected.start(), actual.start());
      fence(consumer, expected.fence(), actual.fence());
    } else if (memory instanceof Push.Left expected) {
      Push.Left actual = (Push.Left) real;
      assertThat(actual.room()).isEqualTo(expected.room());
      position(expected.room(), expected.until(), actual.until());
      fence(consumer, expected.fence(), actual.fence());
    } else if (memory instanceof Push.Evicted expected) {
      Push.Evicted actual = (Push.Evicted) real;
      fence(consumer, expected.fence(), actual.fence());
      assertThat(actual.by()).isEqualTo(expected.by());
    } else if (memory instanceof Push.HandedOver expected) {
      fence(consumer, expected.fence(), ((Push.HandedOver) real).fence());
    }
  }

  private void messages(Push.RoomMessages memory, Push.RoomMessages real) {
    assertThat(real.room()).isEqualTo(memory.room());
    stores.epochs(memory.room()).meet(memory.epoch(), real.epoch());
    time("message before", memory.previousTimeMs(), real.previousTimeMs());
    assertThat(real.messages()).hasSameSizeAs(memory.messages());
    for (int index = 0; index < memory.messages().size(); index++) {
      Message expected = memory.messages().get(index);
      Message actual = real.messages().get(index);
      assertThat(actual.offset()).isEqualTo(expected.offset());
      assertThat(actual.payload()).isEqualTo(expected.payload());
      checkTime(actual);
    }
  }
}
