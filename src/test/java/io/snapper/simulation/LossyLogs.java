package io.snapper.simulation;

import io.snapper.core.message.RoomName;
import io.snapper.simulation.History.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rooms' logs as they truly were, each at any time, though the store lost ends of them. */
final class LossyLogs {
  private final Map<RoomName, List<Stored>> logs = new HashMap<>();
  private final Map<String, Set<Stored>> standing = new HashMap<>();
  private final Map<RoomName, Integer> longest = new HashMap<>();
  private final Set<RoomName> rewound = new HashSet<>();
  private int life;

  /** Which life of the store it is: each begins when everything is lost. */
  int life() {
    return life;
  }

  /** Returns what the room holds now, trimmed messages included. */
  List<Stored> log(RoomName room) {
    return logs.computeIfAbsent(room, unknown -> new ArrayList<>());
  }

  /** Returns the number of messages that the room had at most; what was trimmed then is gone. */
  int longest(RoomName room) {
    return longest.getOrDefault(room, 0);
  }

  boolean hasLostItsEnd(RoomName room) {
    return rewound.contains(room);
  }

  /** Returns the messages that ever had this place under this epoch: more than one after a loss. */
  Set<Stored> standing(RoomName room, String epoch, long offset) {
    return standing.computeIfAbsent(room + " " + epoch + " " + offset, unknown -> new HashSet<>());
  }

  void onStored(RoomName room, Stored stored) {
    List<Stored> log = log(room);
    ConsumerModel.require(
        stored.offset() == log.size() + 1, room + ": offset " + stored.offset() + " after " + log);
    log.add(stored);
    longest.merge(room, log.size(), Math::max);
    standing(room, stored.epoch(), stored.offset()).add(stored);
  }

  void onRewound(RoomName room, long top) {
    rewound.add(room);
    List<Stored> log = log(room);
    while (log.size() > top) {
      log.remove(log.size() - 1);
    }
  }

  void onRenewed(RoomName room, String epoch) {
    for (Stored stored : log(room)) {
      standing(room, epoch, stored.offset()).add(stored);
    }
  }

  void onWiped() {
    logs.clear();
    longest.clear();
    rewound.clear();
    life++;
  }
}
