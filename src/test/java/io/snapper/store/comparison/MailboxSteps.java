package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Steps on the mailboxes. A fence is named by how many claims ago it was given, a position by how
 * many epochs ago its room's was the present one.
 */
final class MailboxSteps {
  private MailboxSteps() {}

  /** A place in a room. */
  record Place(int room, int epochsAgo, long offset, long timeMs) {
    RoomName target(Comparison stores) {
      return stores.names().room(room);
    }

    Both<Position> position(Comparison stores) {
      return stores.position(target(stores), epochsAgo, offset, timeMs);
    }
  }

  /** What an owner does to the stored batch in flight. */
  enum BatchChange {
    REMOVED,
    KEPT,
    SET
  }

  /** What an owner writes; the batch holds the messages from 1 to each place of {@code cursors}. */
  record Update(
      int consumer,
      int fencesAgo,
      long number,
      List<Place> cursors,
      List<Place> left,
      BatchChange change,
      String batchId) {
    MailboxUpdate on(Side side, Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      Map<RoomName, Position> positions = new LinkedHashMap<>();
      List<BatchExtent.Segment> segments = new ArrayList<>();
      for (Place place : cursors) {
        Position position = place.position(stores).on(side);
        positions.put(place.target(stores), position);
        segments.add(
            new BatchExtent.Segment(
                place.target(stores), position.epoch(), 1, position.offset(), position.timeMs()));
      }
      Map<RoomName, Position> leftPositions = new LinkedHashMap<>();
      for (Place place : left) {
        leftPositions.put(place.target(stores), place.position(stores).on(side));
      }
      leftPositions.keySet().removeAll(positions.keySet());
      boolean isSet = change == BatchChange.SET && !segments.isEmpty();
      return new MailboxUpdate(
          target,
          stores.fences(target).ago(fencesAgo).on(side),
          number,
          positions,
          leftPositions,
          isSet ? Optional.of(new BatchExtent(batchId, segments)) : Optional.empty(),
          change == BatchChange.KEPT);
    }
  }

  private static Duration life(int units) {
    return Comparison.UNIT.multipliedBy(units);
  }

  /** A claim of a mailbox that was claimed before has the next fence; of another one, a later. */
  private static void checkFence(
      Comparison stores, ConsumerId consumer, Both<Mailbox> claimed, long before) {
    Both<Long> last = stores.fences(consumer).ago(0);
    stores.same().mailbox(consumer, claimed.memory(), claimed.real());
    if (before > 0) {
      assertThat(claimed.real().fence()).as("fence after %s", last).isEqualTo(last.real() + 1);
    } else {
      assertThat(claimed.real().fence()).as("fence after %s", last).isGreaterThan(last.real());
    }
  }

  private static long fenceInMemory(Comparison stores, ConsumerId consumer) {
    return Answer.of(stores.memory().mailboxes().read(consumer))
        .value()
        .map(Mailbox::fence)
        .orElse(0L);
  }

  record Claiming(int consumer, int user, DeviceKind device, int node) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      long before = fenceInMemory(stores, target);
      stores.call(
          side ->
              side.mailboxes().claim(target, stores.names().user(user), device, stores.node(node)),
          (Claim memory, Claim real) -> {
            assertThat(real.handoverPending())
                .as("handover pending")
                .isEqualTo(memory.handoverPending());
            checkFence(stores, target, new Both<>(memory.mailbox(), real.mailbox()), before);
          });
    }
  }

  record ClaimingUnchanged(int consumer, int user, DeviceKind device, int node, int fencesAgo)
      implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      long before = fenceInMemory(stores, target);
      Both<Long> fence = stores.fences(target).ago(fencesAgo);
      stores.call(
          side ->
              side.mailboxes()
                  .claimUnchanged(
                      target, stores.names().user(user), device, stores.node(node), fence.on(side)),
          (Optional<Mailbox> memory, Optional<Mailbox> real) -> {
            assertThat(real.isPresent()).as("claimed").isEqualTo(memory.isPresent());
            memory.ifPresent(
                mailbox ->
                    checkFence(stores, target, new Both<>(mailbox, real.orElseThrow()), before));
          });
    }
  }

  record Reading(int consumer) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      stores.call(
          side -> side.mailboxes().read(target),
          (memory, real) -> stores.same().mailboxes(target, memory, real));
    }
  }

  record HandingOver(Update update) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(side -> side.mailboxes().handOver(update.on(side, stores)));
    }
  }

  record Settling(int consumer, int fencesAgo) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      Both<Long> fence = stores.fences(target).ago(fencesAgo);
      stores.call(
          side -> side.mailboxes().settle(target, fence.on(side)),
          (memory, real) -> stores.same().mailbox(target, memory, real));
    }
  }

  record Entering(int consumer, int fencesAgo, Place start) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      Both<Long> fence = stores.fences(target).ago(fencesAgo);
      Both<Position> position = start.position(stores);
      stores.callEqual(
          side ->
              side.mailboxes()
                  .enter(target, fence.on(side), start.target(stores), position.on(side)));
    }
  }

  record Saving(List<Update> updates) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side ->
              side.mailboxes()
                  .save(updates.stream().map(update -> update.on(side, stores)).toList()));
    }
  }

  /** What is noted shows only once the mailbox is claimed or settled. */
  record Noting(int node, List<Update> updates) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side ->
              side.mailboxes()
                  .note(
                      stores.node(node),
                      updates.stream().map(update -> update.on(side, stores)).toList()));
    }
  }

  /** A note of whoever owns the mailbox, or of any node. */
  record NotingAsOwner(Update update) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(update.consumer());
      NodeId owner =
          Answer.of(stores.memory().mailboxes().read(target))
              .value()
              .flatMap(Mailbox::owner)
              .orElse(stores.node(0));
      stores.callEqual(side -> side.mailboxes().note(owner, List.of(update.on(side, stores))));
    }
  }

  /** A mailbox with a note changes hands, with or without a handover that does not come. */
  record TakenAfterANote(
      Claiming first, Entering entry, Saving save, NotingAsOwner note, Claiming next)
      implements Step {
    @Override
    public void run(Comparison stores) {
      List<Step> steps = List.of(first, entry, save, note, next, new Settling(next.consumer(), 0));
      steps.forEach(step -> step.run(stores));
    }
  }

  record DroppingNotes(int node, List<Integer> consumers) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side ->
              side.mailboxes()
                  .dropNotes(
                      stores.node(node),
                      consumers.stream().map(stores.names()::consumer).toList()));
    }
  }

  record Releasing(Update update, int node, int lifeUnits) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side ->
              side.mailboxes()
                  .release(update.on(side, stores), stores.node(node), life(lifeUnits)));
    }
  }

  record Weakening(int consumer, int user, int lifeUnits) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(
          side ->
              side.mailboxes()
                  .weaken(
                      stores.names().consumer(consumer),
                      stores.names().user(user),
                      life(lifeUnits)));
    }
  }

  record Joining(int consumer, Place start, int lifeUnits, int maxRooms) implements Step {
    @Override
    public void run(Comparison stores) {
      Both<Position> position = start.position(stores);
      stores.callEqual(
          side ->
              side.mailboxes()
                  .join(
                      stores.names().consumer(consumer),
                      start.target(stores),
                      position.on(side),
                      life(lifeUnits),
                      maxRooms));
    }
  }

  record Leaving(int consumer, Place until) implements Step {
    @Override
    public void run(Comparison stores) {
      Both<Position> position = until.position(stores);
      stores.callEqual(
          side ->
              side.mailboxes()
                  .leave(
                      stores.names().consumer(consumer), until.target(stores), position.on(side)));
    }
  }

  record RequestingClose(int consumer) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(side -> side.mailboxes().requestClose(stores.names().consumer(consumer)));
    }
  }

  /** Asks what a node owns in the partition of this consumer. */
  record ListingOwned(int node, int consumer) implements Step {
    @Override
    public void run(Comparison stores) {
      int partition = stores.store().partitionOf(stores.names().consumer(consumer).value());
      stores.call(
          side -> side.mailboxes().ownedBy(stores.node(node), partition),
          (memory, real) -> {
            assertThat(real).as("owned, as a list").hasSameSizeAs(memory);
            assertThat(Set.copyOf(real)).as("owned").isEqualTo(Set.copyOf(memory));
          });
    }
  }

  record Orphaning(int consumer, int node, int lifeUnits) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      stores.call(
          side -> side.mailboxes().orphan(target, stores.node(node), life(lifeUnits)),
          (memory, real) -> stores.same().orphan(target, memory, real));
    }
  }
}
