package io.snapper.simulation;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PresenceChange;
import io.snapper.testing.store.StoreWitness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What has truly happened in the store: which messages it took, and what consumers lost there. */
final class History implements StoreWitness {
  /** A message that the store took, at which step, and in which life of the store. */
  record Stored(String epoch, long offset, String payload, long step, int life) {}

  private final LongSupplier step;
  private final boolean isForgetful;
  private final Map<RoomName, List<Stored>> rooms = new HashMap<>();
  private final Map<String, Integer> highestNumbers = new HashMap<>();
  private final Map<ConsumerId, Integer> ungracefulTakeovers = new HashMap<>();
  private final Map<ConsumerId, ConsumerModel> models = new HashMap<>();
  private final PresenceModel presence;
  private final LossyLogs logs = new LossyLogs();
  private final Map<ConsumerId, NodeId> claimants = new HashMap<>();
  private final Map<NodeId, Long> leaseEnds = new HashMap<>();
  private final Map<NodeId, Set<ConsumerId>> lost = new HashMap<>();

  History(LongSupplier step, boolean isForgetful, PresenceModel presence) {
    this.step = step;
    this.isForgetful = isForgetful;
    this.presence = presence;
  }

  void watch(ConsumerId consumer, ConsumerModel model) {
    models.put(consumer, model);
  }

  @Override
  public void onStored(RoomName room, String epoch, Message message) {
    List<Stored> messages = rooms.computeIfAbsent(room, unknown -> new ArrayList<>());
    Stored stored =
        new Stored(epoch, message.offset(), message.payload(), step.getAsLong(), logs.life());
    messages.add(stored);
    logs.onStored(room, stored);
    Payload payload = Payload.parse(message.payload());
    if (payload.publisher().startsWith(World.TO_DEVICE)) {
      models.values().forEach(model -> model.onPublishedToDevice(room));
    }
    Integer before = highestNumbers.put(room + " " + payload.publisher(), payload.number());
    if (!isForgetful) {
      ConsumerModel.require(
          message.offset() == messages.size(), room + ": offset " + message.offset());
      ConsumerModel.require(
          before == null || before < payload.number(),
          "stored twice or out of order: " + message.payload());
    }
  }

  @Override
  public void onRewound(RoomName room, long top) {
    logs.onRewound(room, top);
  }

  @Override
  public void onRenewed(RoomName room, String epoch) {
    logs.onRenewed(room, epoch);
  }

  @Override
  public void onWiped() {
    logs.onWiped();
  }

  /** Returns the logs with what they lost. */
  LossyLogs logs() {
    return logs;
  }

  @Override
  public void onLeft(ConsumerId consumer, RoomName room) {
    ConsumerModel model = models.get(consumer);
    if (model != null) {
      model.onLeft(room);
    }
  }

  @Override
  public void onClaimed(ConsumerId consumer, NodeId node) {
    claimants.put(consumer, node);
    lost.computeIfAbsent(node, unknown -> new HashSet<>()).remove(consumer);
  }

  @Override
  public void onLeaseRenewed(NodeId node, long nowMs, long endMs) {
    Long before = leaseEnds.put(node, endMs);
    if (before != null && before <= nowMs) {
      Set<ConsumerId> elsewhere = lost.computeIfAbsent(node, unknown -> new HashSet<>());
      claimants.forEach(
          (consumer, claimant) -> {
            if (!claimant.equals(node)) {
              elsewhere.add(consumer);
            }
          });
    }
  }

  /**
   * Returns whether the node may send to the consumer at {@code nowMs}: not once its lease has
   * ended and another node has claimed the mailbox, until it claims that again.
   */
  boolean maySend(NodeId node, ConsumerId consumer, long nowMs) {
    boolean isElsewhere = !node.equals(claimants.get(consumer));
    boolean isLeaseOver = leaseEnds.getOrDefault(node, 0L) <= nowMs;
    return !(isElsewhere && isLeaseOver) && !lost.getOrDefault(node, Set.of()).contains(consumer);
  }

  @Override
  public void onTakenWithoutLastState(ConsumerId consumer) {
    ungracefulTakeovers.merge(consumer, 1, Integer::sum);
  }

  @Override
  public void onPresenceChange(PresenceChange change) {
    presence.onRecorded(change);
  }

  /** Returns how often the consumer's mailbox changed hands without its owner's last state. */
  int ungracefulTakeovers(ConsumerId consumer) {
    return ungracefulTakeovers.getOrDefault(consumer, 0);
  }

  /** Returns the number of messages that the room has ever taken; its top unless that was lost. */
  int count(RoomName room) {
    return rooms.getOrDefault(room, List.of()).size();
  }

  /** Returns a message of a room that never lost any. */
  Stored at(RoomName room, long offset) {
    return rooms.get(room).get((int) offset - 1);
  }

  /** Returns whether the room ever took this text. */
  boolean hasStored(RoomName room, String payload) {
    return rooms.getOrDefault(room, List.of()).stream()
        .anyMatch(stored -> stored.payload().equals(payload));
  }
}
