package io.snapper.testing.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.store.MailboxUpdate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes have noted of consumers, in memory. Those of a node and of a quarter of the partitions
 * end together once the node is removed, as those that Redis has in one key.
 */
final class InMemoryNotes {
  private static final int SHELVES_PER_NODE = 4;

  private final StoreKernel kernel;
  private final Map<Place, Shelf> shelves = new HashMap<>();

  InMemoryNotes(StoreKernel kernel) {
    this.kernel = kernel;
  }

  void put(NodeId node, MailboxUpdate update) {
    Place place = placeOf(node, update.consumer());
    if (isGone(shelves.get(place))) {
      shelves.put(place, new Shelf());
    }
    shelves.get(place).notes.put(update.consumer(), update);
  }

  void remove(NodeId node, ConsumerId consumer) {
    Place place = placeOf(node, consumer);
    Shelf shelf = shelves.get(place);
    if (shelf != null && shelf.notes.remove(consumer) != null && shelf.notes.isEmpty()) {
      shelves.remove(place);
    }
  }

  Optional<MailboxUpdate> find(NodeId node, ConsumerId consumer) {
    Shelf shelf = shelves.get(placeOf(node, consumer));
    return isGone(shelf) ? Optional.empty() : Optional.ofNullable(shelf.notes.get(consumer));
  }

  /** A removed node's notes live on for those who come back. */
  void forget(NodeId node, Duration life) {
    shelves.forEach(
        (place, shelf) -> {
          if (place.node().equals(node) && !isGone(shelf)) {
            shelf.endsAtMs = kernel.nowMs() + life.toMillis();
          }
        });
  }

  void wipe() {
    shelves.clear();
  }

  private Place placeOf(NodeId node, ConsumerId consumer) {
    int partitionsEach = Math.max(1, kernel.partitions() / SHELVES_PER_NODE);
    return new Place(node, kernel.partitionOf(consumer.value()) / partitionsEach);
  }

  private boolean isGone(Shelf shelf) {
    return shelf == null || shelf.endsAtMs <= kernel.nowMs();
  }

  private record Place(NodeId node, int shelf) {}

  private static final class Shelf {
    private final Map<ConsumerId, MailboxUpdate> notes = new HashMap<>();
    private long endsAtMs = Long.MAX_VALUE;
  }
}
