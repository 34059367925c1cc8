package io.snapper.chaos;

import io.snapper.chaos.Publication.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one consumer's application has seen. Owned by {@link Ledger}. */
final class Application {
  final Layout.Consumer consumer;

  private final Map<String, Long> seenMs = new HashMap<>();
  private final Map<String, Long> lastNumbers = new HashMap<>();
  private final Map<String, Long> lastOffsets = new HashMap<>();
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

  /**
   * Notes a message, and whether it came after a later one: of its producer in the same room, or of
   * the same life of the room's log.
   */
  void onSeen(Publication publication, Place place, long timeMs) {
    counts.delivered++;
    if (seenMs.putIfAbsent(publication.text, timeMs) != null) {
      counts.repeated++;
      return;
    }
    sights.add(new Sight(publication.sentMs, timeMs));
    String producerLine = publication.producer + "/" + publication.room;
    String logLine = publication.room + "/" + place.epoch();
    boolean isInProducersOrder = rises(lastNumbers, producerLine, publication.number);
    boolean isInLogsOrder = rises(lastOffsets, logLine, place.offset());
    if (!isInProducersOrder || !isInLogsOrder) {
      counts.outOfOrder++;
    }
  }

  /** Whether the value is the highest of its line; then it is remembered. */
  private static boolean rises(Map<String, Long> last, String line, long value) {
    return last.merge(line, value, Math::max) == value;
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
