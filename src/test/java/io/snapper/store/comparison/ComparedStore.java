package io.snapper.store.comparison;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.Set;

/** A real store that is compared with the one in memory, and what a test does to it. */
public interface ComparedStore {
  /** The retention that it has; all lives are multiples of {@link Comparison#UNIT}. */
  int MAX_MESSAGES = 5;

  /** Messages of the last two units of time are retained beyond that, but not more than these. */
  Duration BURST_TIME = Comparison.UNIT.multipliedBy(2);

  int BURST_MESSAGES = 20;

  Duration LOG_LIFE = Comparison.UNIT.multipliedBy(6);
  Duration MAILBOX_LIFE = Comparison.UNIT.multipliedBy(12);
  Duration IDEMPOTENCY_LIFE = Comparison.UNIT.multipliedBy(3);

  /** How long a room's epoch lives without watching nodes. */
  Duration ROOM_LIFE = Comparison.UNIT.multipliedBy(18);

  RoomLog roomLog();

  Mailboxes mailboxes();

  UserDirectory users();

  PresenceLog presence();

  /** Returns a registry that has seen no node. */
  NodeRegistry newRegistry();

  /** Returns where the pushes to a node that is subscribed arrive, and its channel. */
  Inbox inbox(NodeId node);

  PushChannel channel(NodeId node);

  /** Waits until everything has arrived that was pushed, and empties the inboxes. */
  void drain();

  int partitions();

  int partitionOf(String name);

  /** Removes all data. */
  void clear();

  /** Moves the ends of all lives and leases nearer. */
  void passTime(Duration duration);

  /** Waits until the store's clock has gone on, and is beyond this time, in ms since 1970. */
  void awaitClockAfter(long ms);

  /** Moves a partition to another server while nothing else happens; all subscriptions follow. */
  void movePartition(int partition);

  /** Fails if what is stored twice, for two ways of looking for it, is not the same. */
  void checkConsistency();

  /** Returns the names of everything that is stored. */
  Set<String> keys();
}
