package io.snapper.testing.store;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.Push;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The consumers' mailboxes in memory. */
final class InMemoryMailboxes implements Mailboxes {
  private final StoreKernel kernel;
  private final Map<ConsumerId, Box> boxes = new HashMap<>();

  /** Consumers that a dead node's list still names though a new mailbox has their name since. */
  private final Map<NodeId, Set<ConsumerId>> strays = new HashMap<>();

  private final InMemoryNotes notes;

  private long highestFence;

  InMemoryMailboxes(StoreKernel kernel) {
    this.kernel = kernel;
    this.notes = new InMemoryNotes(kernel);
  }

  @Override
  public CompletionStage<Claim> claim(
      ConsumerId consumer, UserId user, DeviceKind device, NodeId node) {
    return kernel.call(
        "Mailboxes.claim",
        () -> {
          Box box = claimed(consumer, user, node);
          if (box.awaitedFence == 0) {
            recall(consumer, box);
          }
          return new Claim(box.toMailbox(), box.awaitedFence != 0);
        });
  }

  @Override
  public CompletionStage<Optional<Mailbox>> claimUnchanged(
      ConsumerId consumer, UserId user, DeviceKind device, NodeId node, long fence) {
    return kernel.call(
        "Mailboxes.claimUnchanged",
        () -> {
          long present = find(consumer).map(box -> box.fence).orElse(0L);
          return present == fence
              ? Optional.of(claimed(consumer, user, node).toMailbox())
              : Optional.empty();
        });
  }

  private Box claimed(ConsumerId consumer, UserId user, NodeId node) {
    Box box = find(consumer).orElseGet(() -> newBox(consumer));
    long previousFence = box.fence;
    NodeId previous = box.owner;
    // A mailbox's first fence is the time, so that a claim of an earlier life that was lost can't
    // pass for one of this life.
    box.fence =
        previousFence > 0
            ? previousFence + 1
            : Math.max(Math.max(kernel.nowMs(), 1), highestFence + 1);
    highestFence = Math.max(highestFence, box.fence);
    if (previous != null && !previous.equals(node)) {
      removeStray(previous, consumer);
    }
    box.user = user;
    box.owner = node;
    kernel.witness().onClaimed(consumer, node);
    if (box.orphanOf != null) {
      removeStray(box.orphanOf, consumer);
      box.orphanOf = null;
    }
    box.endsAtMs = Long.MAX_VALUE;
    if (previous != null && !previous.equals(node)) {
      boolean received = pushTo(previous, new Push.Evicted(consumer, box.fence, node));
      if (box.awaitedFence == 0 && received) {
        box.awaitedFence = previousFence;
      } else if (!received) {
        kernel.witness().onTakenWithoutLastState(consumer);
      }
    }
    return box;
  }

  @Override
  public CompletionStage<Optional<Mailbox>> read(ConsumerId consumer) {
    return kernel.call("Mailboxes.read", () -> find(consumer).map(Box::toMailbox));
  }

  @Override
  public CompletionStage<Boolean> handOver(MailboxUpdate lastState) {
    return kernel.call(
        "Mailboxes.handOver",
        () -> {
          Box box = find(lastState.consumer()).orElse(null);
          if (box == null || box.awaitedFence != lastState.fence() || lastState.fence() == 0) {
            return false;
          }
          box.apply(lastState);
          box.lastSave = null;
          box.awaitedFence = 0;
          if (box.owner != null) {
            pushTo(box.owner, new Push.HandedOver(lastState.consumer(), box.fence));
          }
          return true;
        });
  }

  @Override
  public CompletionStage<Mailbox> settle(ConsumerId consumer, long fence) {
    return kernel.call(
        "Mailboxes.settle",
        () -> {
          Box box = find(consumer).orElseGet(Box::new);
          if (box.fence == fence) {
            if (box.awaitedFence != 0) {
              kernel.witness().onTakenWithoutLastState(consumer);
            }
            box.awaitedFence = 0;
            recall(consumer, box);
          }
          return box.toMailbox();
        });
  }

  @Override
  public CompletionStage<Boolean> enter(
      ConsumerId consumer, long fence, RoomName room, Position start) {
    return kernel.call(
        "Mailboxes.enter",
        () -> {
          Box box = find(consumer).orElse(null);
          if (box == null || !box.isOwnedBy(fence)) {
            return false;
          }
          box.cursors.putIfAbsent(room, start);
          return true;
        });
  }

  @Override
  public CompletionStage<Set<ConsumerId>> save(Collection<MailboxUpdate> updates) {
    return kernel.call(
        "Mailboxes.save",
        () -> {
          Set<ConsumerId> stale = new LinkedHashSet<>();
          for (MailboxUpdate update : updates) {
            Box box = find(update.consumer()).orElse(null);
            if (box == null || !box.isOwnedBy(update.fence())) {
              stale.add(update.consumer());
            } else if (!isOvertaken(update, box.lastSave)) {
              box.apply(update);
              box.lastSave = new LastSave(update.number(), update.fence(), box.owner);
            }
          }
          return stale;
        });
  }

  private static boolean isOvertaken(MailboxUpdate update, LastSave last) {
    return last != null && last.fence() == update.fence() && update.number() < last.number();
  }

  @Override
  public CompletionStage<Void> note(NodeId node, Collection<MailboxUpdate> updates) {
    return kernel.call(
        "Mailboxes.note",
        () -> {
          updates.forEach(update -> notes.put(node, update));
          return null;
        });
  }

  @Override
  public CompletionStage<Void> dropNotes(NodeId node, Collection<ConsumerId> consumers) {
    return kernel.call(
        "Mailboxes.dropNotes",
        () -> {
          consumers.forEach(consumer -> notes.remove(node, consumer));
          return null;
        });
  }

  /** Does what an earlier owner has only noted. */
  private void recall(ConsumerId consumer, Box box) {
    LastSave last = box.lastSave;
    if (last != null) {
      notes
          .find(last.node(), consumer)
          .filter(note -> note.fence() == last.fence() && note.number() > last.number())
          .ifPresent(
              note -> {
                note.cursors().forEach(box::move);
                box.lastSave = null;
              });
    }
  }

  @Override
  public CompletionStage<Boolean> release(MailboxUpdate lastState, NodeId node, Duration life) {
    return kernel.call(
        "Mailboxes.release",
        () -> {
          Box box = find(lastState.consumer()).orElse(null);
          if (box == null
              || box.fence == 0
              || box.fence != lastState.fence()
              || (box.owner != null && !box.owner.equals(node))) {
            return false;
          }
          box.apply(lastState);
          if (!lastState.keepsInFlight()) {
            box.lastSave = null;
          }
          box.owner = null;
          if (node.equals(box.orphanOf)) {
            box.orphanOf = null;
          }
          removeStray(node, lastState.consumer());
          box.endsAtMs = kernel.nowMs() + life.toMillis();
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> weaken(ConsumerId consumer, UserId user, Duration life) {
    return kernel.call(
        "Mailboxes.weaken",
        () -> {
          Box box = find(consumer).orElse(null);
          if (box == null || box.owner != null || !user.equals(box.user)) {
            return false;
          }
          box.endsAtMs = Math.min(box.endsAtMs, kernel.nowMs() + life.toMillis());
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> join(
      ConsumerId consumer, RoomName room, Position start, Duration lifeIfNew, int maxRooms) {
    return kernel.call(
        "Mailboxes.join",
        () -> {
          Box box = boxes.get(consumer);
          boolean isFull =
              !isGone(box) && !box.cursors.containsKey(room) && box.cursors.size() >= maxRooms;
          if (isFull) {
            throw Mailboxes.tooManyRooms(consumer, maxRooms);
          }
          if (isGone(box)) {
            box = newBox(consumer);
            box.endsAtMs = kernel.nowMs() + lifeIfNew.toMillis();
          }
          if (box.cursors.putIfAbsent(room, start) != null) {
            return false;
          }
          if (box.owner != null) {
            pushTo(box.owner, new Push.Joined(consumer, room, start, box.fence));
          }
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> leave(ConsumerId consumer, RoomName room, Position until) {
    return kernel.call(
        "Mailboxes.leave",
        () -> {
          Box box = find(consumer).orElse(null);
          if (box == null || box.cursors.remove(room) == null) {
            return false;
          }
          if (box.cursors.isEmpty() && box.fence == 0) {
            // Nothing is left of a mailbox that was only joined to this room.
            boxes.remove(consumer);
          }
          kernel.witness().onLeft(consumer, room);
          if (box.owner != null) {
            pushTo(box.owner, new Push.Left(consumer, room, until, box.fence));
          }
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> requestClose(ConsumerId consumer) {
    return kernel.call(
        "Mailboxes.requestClose",
        () -> {
          Box box = find(consumer).orElse(null);
          return box != null
              && box.owner != null
              && pushTo(box.owner, new Push.CloseRequested(consumer));
        });
  }

  @Override
  public CompletionStage<List<ConsumerId>> ownedBy(NodeId node, int partition) {
    return kernel.call(
        "Mailboxes.ownedBy",
        () -> {
          Set<ConsumerId> owned = new LinkedHashSet<>(strays.getOrDefault(node, Set.of()));
          boxes.forEach(
              (consumer, box) -> {
                if (node.equals(box.owner) || node.equals(box.orphanOf)) {
                  owned.add(consumer);
                }
              });
          return owned.stream()
              .filter(consumer -> kernel.partitionOf(consumer.value()) == partition)
              .toList();
        });
  }

  @Override
  public CompletionStage<Optional<Orphan>> orphan(
      ConsumerId consumer, NodeId deadNode, Duration life) {
    return kernel.call(
        "Mailboxes.orphan",
        () -> {
          Box box = find(consumer).orElse(null);
          if (box != null && deadNode.equals(box.owner)) {
            kernel.witness().onTakenWithoutLastState(consumer);
            box.owner = null;
            box.orphanOf = deadNode;
            box.endsAtMs = kernel.nowMs() + life.toMillis();
            pushTo(deadNode, new Push.Orphaned(consumer, box.fence));
          }
          return box != null && deadNode.equals(box.orphanOf)
              ? Optional.of(new Orphan(box.user, box.fence))
              : Optional.empty();
        });
  }

  private Box newBox(ConsumerId consumer) {
    Box box = new Box();
    Box before = boxes.put(consumer, box);
    if (before != null && before.orphanOf != null) {
      strays.computeIfAbsent(before.orphanOf, unknown -> new LinkedHashSet<>()).add(consumer);
    }
    return box;
  }

  private void removeStray(NodeId node, ConsumerId consumer) {
    strays.getOrDefault(node, new LinkedHashSet<>()).remove(consumer);
  }

  /** Forgets all mailboxes. Under the lock. */
  void wipe() {
    boxes.clear();
    notes.wipe();
    strays.clear();
  }

  /** Ends what a removed node still owns. Under the lock. */
  void forget(NodeId node, Duration life) {
    strays.remove(node);
    notes.forget(node, life);
    boxes.forEach(
        (consumer, box) -> {
          if (node.equals(box.owner)) {
            kernel.witness().onTakenWithoutLastState(consumer);
            box.owner = null;
            box.endsAtMs = kernel.nowMs() + life.toMillis();
          }
          if (node.equals(box.orphanOf)) {
            box.orphanOf = null;
          }
        });
  }

  private boolean pushTo(NodeId owner, Push.ForConsumer push) {
    return kernel.push(owner, kernel.partitionOf(push.consumer().value()), push);
  }

  private Optional<Box> find(ConsumerId consumer) {
    Box box = boxes.get(consumer);
    return isGone(box) ? Optional.empty() : Optional.of(box);
  }

  private boolean isGone(Box box) {
    return box == null || box.endsAtMs <= kernel.nowMs();
  }

  /** The last write of a mailbox that is owned, or has been given up as it was. */
  private record LastSave(long number, long fence, NodeId node) {}

  private static final class Box {
    private final Map<RoomName, Position> cursors = new HashMap<>();
    private UserId user;
    private NodeId owner;
    private NodeId orphanOf;
    private long fence;
    private long awaitedFence;
    private LastSave lastSave;
    private BatchExtent inFlight;
    private long endsAtMs = Long.MAX_VALUE;

    private boolean isOwnedBy(long claim) {
      return owner != null && fence == claim;
    }

    private void apply(MailboxUpdate update) {
      update.cursors().forEach(this::move);
      update.left().forEach(this::moveWithinEpoch);
      if (!update.keepsInFlight()) {
        inFlight = update.inFlight().orElse(null);
      }
    }

    private void move(RoomName room, Position position) {
      cursors.computeIfPresent(
          room,
          (unchanged, old) ->
              old.epoch().equals(position.epoch()) && old.offset() >= position.offset()
                  ? old
                  : position);
    }

    private void moveWithinEpoch(RoomName room, Position position) {
      Position old = cursors.get(room);
      if (old != null && old.epoch().equals(position.epoch())) {
        move(room, position);
      }
    }

    private Mailbox toMailbox() {
      return new Mailbox(Optional.ofNullable(owner), fence, cursors, Optional.ofNullable(inFlight));
    }
  }
}
