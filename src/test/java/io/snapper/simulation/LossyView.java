package io.snapper.simulation;

import static io.snapper.simulation.ConsumerModel.require;

import io.snapper.core.delivery.GapNotice;
import io.snapper.core.message.RoomName;
import io.snapper.simulation.History.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one application has of one room whose log may lose its end: at each offset the message that
 * it takes for the valid one. A notice of messages that it has had makes those void. In the end it
 * must have the log as it is, as far as that is due, and nothing else.
 */
final class LossyView {
  private final RoomName room;
  private final String name;
  private final LossyLogs logs;
  private final Membership membership;
  private final int logMessages;
  private final Map<Integer, TreeMap<Long, Stored>> lives = new HashMap<>();
  private final List<Notice> notices = new ArrayList<>();
  private int stepsBack;

  /** A notice; {@code isHole}: the log had lost the beginning, not the end. */
  private record Notice(GapNotice gap, boolean isHole) {}

  LossyView(RoomName room, String name, LossyLogs logs, Membership membership, int logMessages) {
    this.room = room;
    this.name = name;
    this.logs = logs;
    this.membership = membership;
    this.logMessages = logMessages;
  }

  private TreeMap<Long, Stored> seen(int life) {
    return lives.computeIfAbsent(life, unknown -> new TreeMap<>());
  }

  private long lastTrimmed() {
    return logs.longest(room) - (long) logMessages;
  }

  void onGapSent(GapNotice gap) {
    // One without messages says that the log began anew: that is another life.
    if (gap.from() <= gap.to()) {
      notices.add(new Notice(gap, gap.to() <= lastTrimmed()));
    }
  }

  /**
   * Checks a message.
   *
   * @param repetitionsAllowed how many messages may come again or too late in the whole run
   * @param isTold whether each of the consumer's nodes knew what it has had
   */
  void onMessage(
      String epoch, long offset, String payload, int repetitionsAllowed, boolean isTold) {
    String what = name + " got " + epoch + ":" + offset + " (" + payload + ")";
    Stored stored =
        logs.standing(room, epoch, offset).stream()
            .filter(candidate -> candidate.payload().equals(payload))
            // What was lost may have been published again, and have got the same place.
            .max(Comparator.comparingLong(Stored::step))
            .orElse(null);
    require(stored != null, "never there: " + what);
    // What was lost may be in a node's memory until that notices, and look like news.
    boolean mayHave = membership.mayHave(stored.step()) || !isInLog(stored);
    require(mayHave, "from before its join: " + what);
    TreeMap<Long, Stored> seen = seen(stored.life());
    if (!seen.isEmpty() && offset <= seen.lastKey()) {
      takeBack(seen, isTold);
    }
    if (!seen.isEmpty() && offset <= seen.lastKey()) {
      boolean isNewMembership =
          membership.windowOf(stored.step()) == null
              || membership.windowOf(stored.step())
                  != membership.windowOf(seen.lastEntry().getValue().step());
      stepsBack += isNewMembership ? 0 : 1;
      require(
          stepsBack <= repetitionsAllowed,
          "repeated, or out of order without a notice: " + what + " after " + seen.lastKey());
      // What follows may come again, too.
      seen.tailMap(offset, true).clear();
    }
    seen.put(offset, stored);
  }

  /** What the consumer was told to have had in vain. */
  private void takeBack(TreeMap<Long, Stored> seen, boolean isTold) {
    for (Notice notice : notices) {
      if (!notice.isHole()) {
        seen.tailMap(notice.gap().from(), true)
            .headMap(isTold ? notice.gap().to() : Long.MAX_VALUE, true)
            .values()
            .removeIf(stored -> !logs.log(room).contains(stored));
      }
    }
  }

  private boolean isInLog(Stored stored) {
    List<Stored> log = logs.log(room);
    return stored.life() == logs.life()
        && stored.offset() <= log.size()
        && isSame(log.get((int) stored.offset() - 1), stored);
  }

  /** What was lost may have been published again, and have got the same place. */
  private static boolean isSame(Stored one, Stored other) {
    return other != null && one.payload().equals(other.payload());
  }

  /** Returns whether the log has lost its beginning, or its end in a way that was noticed. */
  boolean isLossy() {
    return lastTrimmed() > 0 || notices.stream().anyMatch(notice -> !notice.isHole());
  }

  /**
   * At the end, when everything has come to rest.
   *
   * @param isTold whether the consumer's last nodes knew everything that it has had
   */
  void checkEnd(boolean isTold) {
    TreeMap<Long, Stored> seen = seen(logs.life());
    for (Stored due : logs.log(room)) {
      Membership.Window window = membership.windowOf(due.step());
      boolean isDue = window != null && window.isOpen();
      Stored had = seen.get(due.offset());
      // Once the log no longer has what is at a place, nobody can tell that it was replaced.
      // Nor what it has had at this place when it was in the room before, or of a node that left
      // no word of it.
      boolean isFromBefore = had != null && (!isTold || membership.windowOf(had.step()) != window);
      boolean isUnknowable =
          isFromBefore || logs.hasLostItsEnd(room) && due.offset() <= lastTrimmed();
      require(
          !isDue || isSame(due, had) || isInHole(due.offset()) || isUnknowable,
          name + " lost " + due + "; it has " + had);
    }
    if (isTold) {
      takeBack(seen, true);
      for (Stored had : seen.values()) {
        Membership.Window window = membership.windowOf(had.step());
        boolean isMember = window != null && window.isOpen();
        require(
            !isMember || had.offset() <= lastTrimmed() || isInLog(had),
            name + " was not told that it had in vain " + had);
      }
    }
  }

  private boolean isInHole(long offset) {
    return notices.stream()
        .anyMatch(
            notice ->
                notice.isHole() && notice.gap().from() <= offset && offset <= notice.gap().to());
  }
}
