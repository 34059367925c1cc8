package io.snapper.simulation;

import static io.snapper.simulation.ConsumerModel.require;

import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who came online and who went: what the store recorded, and what the nodes have told of it.
 *
 * <p>A user's changes alternate. Each is told once and in order, or again by another node if the
 * first one could not say that it has told it.
 */
final class PresenceModel {
  private final boolean isForgetful;
  private final boolean isCalm;
  private final Map<UserId, List<PresenceChange>> recorded = new HashMap<>();
  private final Map<UserId, List<PresenceChange>> told = new HashMap<>();
  private final Map<Long, List<NodeId>> tellers = new HashMap<>();

  PresenceModel(Scenario.Faults faults) {
    this.isForgetful = faults.losesHistory();
    this.isCalm = faults == Scenario.Faults.CLIENTS;
  }

  void onRecorded(PresenceChange change) {
    List<PresenceChange> before = of(recorded, change.user());
    if (!isForgetful) {
      boolean wasOnline = !before.isEmpty() && before.get(before.size() - 1).isOnline();
      require(change.isOnline() != wasOnline, "recorded as it was before: " + change);
    }
    before.add(change);
  }

  void onTold(NodeId node, PresenceChange change) {
    List<PresenceChange> all = of(told, change.user());
    List<NodeId> before = tellers.computeIfAbsent(change.number(), unknown -> new ArrayList<>());
    if (before.isEmpty()) {
      int place = all.size();
      List<PresenceChange> expected = of(recorded, change.user());
      require(
          isForgetful ? expected.contains(change) : expected.get(place).equals(change),
          "told out of order: " + change);
      all.add(change);
    } else {
      require(!isCalm, "told twice: " + change);
      require(!before.contains(node), "told twice by one node: " + change);
    }
    before.add(node);
  }

  /** Everything is told, and the last word on each user is the truth. */
  void check(UserId user, boolean isOnline) {
    List<PresenceChange> all = of(recorded, user);
    if (!isForgetful) {
      require(of(told, user).equals(all), user + ": told " + of(told, user) + " of " + all);
    }
    boolean saidOnline = !all.isEmpty() && all.get(all.size() - 1).isOnline();
    require(saidOnline == isOnline, user + " is online: " + isOnline + ", recorded " + all);
  }

  private static List<PresenceChange> of(Map<UserId, List<PresenceChange>> changes, UserId user) {
    return changes.computeIfAbsent(user, unknown -> new ArrayList<>());
  }
}
