package io.snapper.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one consumer's application has seen. Owned by {@link Ledger}. */
final class Application {
  final Layout.Consumer consumer;

  private final Map<String, Long> seenMs = new HashMap<>();
  private final Map<String, Integer> lastNumbers = new HashMap<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Long> returnsMs = new ArrayList<>();
  private final List<Sight> sights = new ArrayList<>();
  private final Counts counts = new Counts();

  /** A gap notice: of offsets, or of a new epoch if {@code to} is less than {@code from}. */
  private record Notice(long timeMs, String room, String epoch, long from, long to) {
    boolean covers(Publication missing) {
      if (!room.equals(missing.room)) {
        return false;
      }
      boolean isOfNewEpoch = to < from;
      if (isOfNewEpoch) {
        return missing.sentMs <= timeMs
            && (missing.place == null || !missing.place.epoch().equals(epoch));
      }
      return missing.place != null
          && missing.place.epoch().equals(epoch)
          && from <= missing.place.offset()
          && missing.place.offset() <= to;
    }
  }

  private record Sight(long sentMs, long seenMs) {}

  /** Of one phase. */
  static final class Counts {
    int delivered;
    int repeated;
    int outOfOrder;
    int notices;
  }

  Application(Layout.Consumer consumer) {
    this.consumer = consumer;
  }

  void onSeen(Publication publication, long timeMs) {
    counts.delivered++;
    if (seenMs.putIfAbsent(publication.text, timeMs) != null) {
      counts.repeated++;
      return;
    }
    sights.add(new Sight(publication.sentMs, timeMs));
    String line = publication.producer + "/" + publication.room;
    int last = lastNumbers.getOrDefault(line, 0);
    if (publication.number < last) {
      counts.outOfOrder++;
    } else {
      lastNumbers.put(line, publication.number);
    }
  }

  void onNotice(long timeMs, String room, String epoch, long from, long to) {
    counts.notices++;
    notices.add(new Notice(timeMs, room, epoch, from, to));
  }

  void onReturn(long timeMs) {
    returnsMs.add(timeMs);
  }

  boolean hasSeen(Publication publication) {
    return seenMs.containsKey(publication.text);
  }

  Long seenMs(Publication publication) {
    return seenMs.get(publication.text);
  }

  boolean wasTold(Publication missing) {
    return notices.stream().anyMatch(notice -> notice.covers(missing));
  }

  Counts counts() {
    return counts;
  }

  /**
   * Returns the longest time in which nothing came though something was due and the application
   * wanted to be connected.
   */
  long longestSilenceMs() {
    List<Sight> bySight = new ArrayList<>(sights);
    bySight.sort(Comparator.comparingLong(Sight::seenMs).reversed());
    long longest = 0;
    long oldestDueMs = Long.MAX_VALUE;
    for (int index = 0; index < bySight.size(); index++) {
      Sight sight = bySight.get(index);
      oldestDueMs = Math.min(oldestDueMs, sight.sentMs());
      boolean isFirst = index + 1 == bySight.size();
      long previousMs = isFirst ? 0 : bySight.get(index + 1).seenMs();
      long sinceMs = Math.max(Math.max(previousMs, oldestDueMs), lastReturnBefore(sight.seenMs()));
      longest = Math.max(longest, sight.seenMs() - sinceMs);
    }
    return longest;
  }

  private long lastReturnBefore(long timeMs) {
    return returnsMs.stream().filter(returned -> returned <= timeMs).reduce(0L, Math::max);
  }

  /** Forgets what belongs to one phase only. */
  void beginPhase() {
    sights.clear();
    returnsMs.clear();
    counts.delivered = 0;
    counts.repeated = 0;
    counts.outOfOrder = 0;
    counts.notices = 0;
  }
}
