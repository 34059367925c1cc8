package io.snapper.store;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import io.snapper.core.store.Mailboxes.Orphan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Short names for steps on one mailbox. */
public abstract class MailboxContract extends StoreContract {
  protected static final int MAX_ROOMS = 3;
  protected static final Duration LIFE = Duration.ofHours(1);
  protected static final Duration SHORT_LIFE = Duration.ofMillis(200);
  protected static final RoomName OTHER_ROOM = new RoomName("other room");
  protected static final BatchExtent BATCH =
      new BatchExtent(
          "b1",
          List.of(
              new BatchExtent.Segment(ROOM, "e", 3, 7),
              new BatchExtent.Segment(OTHER_ROOM, "f", 1, 1)));

  private long updates;

  protected final Claim claim(NodeId node) {
    return claim(CONSUMER, node);
  }

  protected final Claim claim(ConsumerId consumer, NodeId node) {
    return get(store().mailboxes().claim(consumer, USER, DeviceKind.WEB, node));
  }

  protected final Mailbox read() {
    return get(store().mailboxes().read(CONSUMER)).orElseThrow();
  }

  protected final boolean enter(long fence, RoomName room, String start) {
    return get(store().mailboxes().enter(CONSUMER, fence, room, at(start)));
  }

  protected final boolean join(RoomName room) {
    return get(store().mailboxes().join(CONSUMER, room, at("e:0"), LIFE, MAX_ROOMS));
  }

  protected final boolean join(String start) {
    return get(store().mailboxes().join(CONSUMER, ROOM, at(start), LIFE, MAX_ROOMS));
  }

  protected final boolean save(long fence, String position) {
    return save(update(fence, Map.of(ROOM, at(position)), Optional.empty()));
  }

  /** The position is one in a room that the consumer has left. */
  protected final boolean saveLeft(long fence, String position) {
    return save(
        new MailboxUpdate(
            CONSUMER,
            fence,
            ++updates,
            Map.of(),
            Map.of(ROOM, at(position)),
            Optional.empty(),
            false));
  }

  /** Returns whether the mailbox took it, or was beyond it already. */
  protected final boolean save(MailboxUpdate update) {
    return get(store().mailboxes().save(List.of(update))).isEmpty();
  }

  protected final boolean handOver(long fence, String position) {
    return get(
        store().mailboxes().handOver(update(fence, Map.of(ROOM, at(position)), Optional.empty())));
  }

  protected final Optional<Orphan> orphan(NodeId deadNode) {
    return get(store().mailboxes().orphan(CONSUMER, deadNode, LIFE));
  }

  protected final MailboxUpdate update(long fence) {
    return update(fence, Map.of(), Optional.empty());
  }

  protected final MailboxUpdate update(
      long fence, Map<RoomName, Position> cursors, Optional<BatchExtent> inFlight) {
    return new MailboxUpdate(CONSUMER, fence, ++updates, cursors, inFlight);
  }

  protected static Position at(String position) {
    return Position.parse(position);
  }
}
