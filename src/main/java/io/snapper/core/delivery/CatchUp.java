package io.snapper.core.delivery;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Message;
import io.snapper.core.store.LogPage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads a room's log for members that are further behind than memory reaches, one page at a time.
 * Members whose place lies within a page that was read a moment ago, or is being read, share it:
 * after a node's death its consumers come at once, and stand at slightly different places. Owned by
 * the lane.
 */
final class CatchUp {
  private static final Logger LOG = System.getLogger(CatchUp.class.getName());
  private static final long RETRY_DELAY_MS = 500;
  private static final int MAX_PAGES = 4;
  private static final long PAGE_LIFE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A page is that many batches if the room has several members: they come to the rest of it. */
  private static final int BATCHES_IN_SHARED_PAGE = 4;

  private final LocalRoom room;
  private final LaneContext context;
  private final LocalRoom.Wakeups wakeups;
  private final List<Reading> readings = new ArrayList<>(0);
  private final ArrayDeque<Page> pages = new ArrayDeque<>(0);

  /** A member that waits for a read, and how much of it it will take. */
  private record Reader(Member member, BatchLimit limit) {}

  /** A read that is under way, of messages behind {@code after}, and who waits for it. */
  private record Reading(long after, int count, List<Reader> readers) {
    boolean covers(long place) {
      return after <= place && place < after + count;
    }
  }

  /**
   * Messages in order without a hole, and the runs that were cut from them, by where they begin.
   */
  private record Page(List<Message> messages, Map<Long, Run> runs, long readAtNanos) {
    long first() {
      return messages.get(0).offset();
    }

    long last() {
      return messages.get(messages.size() - 1).offset();
    }

    Message at(long offset) {
      return offset < first() || offset > last() ? null : messages.get((int) (offset - first()));
    }
  }

  CatchUp(LocalRoom room, LaneContext context, LocalRoom.Wakeups wakeups) {
    this.room = room;
    this.context = context;
    this.wakeups = wakeups;
  }

  /**
   * Returns what comes next for a member from the pages that were read a moment ago, or null. A
   * member whose place is not checked yet only from a page that has also the message at its place.
   */
  Run fromPages(Member member, BatchLimit limit, boolean isFirst) {
    dropOldPages();
    for (Page page : pages) {
      Message there = page.at(member.sent);
      boolean isSame =
          there == null
              ? member.isChecked && page.first() == member.sent + 1
              : member.sentTimeMs == 0 || there.publishedAtMs() == member.sentTimeMs;
      if (isSame && page.last() > member.sent) {
        member.isChecked = true;
        return cut(page, member, limit, isFirst);
      }
    }
    return null;
  }

  private Run cut(Page page, Member member, BatchLimit limit, boolean isFirst) {
    boolean isShared = isFirst && member.until == Long.MAX_VALUE;
    Run run = isShared ? page.runs().get(member.sent + 1) : null;
    if (run == null || !run.limit().equals(limit)) {
      // Not beyond what the room knows: its members' places are compared with that.
      long last = Math.min(member.until, room.top());
      int from = (int) (member.sent + 1 - page.first());
      int to = from;
      long characters = 0;
      while (to < page.messages().size()
          && to - from < limit.messages()
          && page.messages().get(to).offset() <= last) {
        characters += page.messages().get(to).payload().length();
        if (to > from && characters > limit.characters()) {
          break;
        }
        to++;
      }
      if (to == from) {
        return null;
      }
      run = Run.of(room, List.copyOf(page.messages().subList(from, to)), limit);
      if (isShared) {
        page.runs().put(run.from(), run);
      }
    }
    return run;
  }

  /**
   * Reads the log for a member that memory can't serve. If its place is not checked yet, with the
   * message there: it must be the one that the member has had.
   */
  void read(Member member, BatchLimit limit) {
    boolean isUnchecked = !member.isChecked && member.sentTimeMs != 0;
    long after = isUnchecked ? Math.max(0, member.sent - 1) : member.sent;
    for (Reading reading : readings) {
      if (reading.covers(member.sent)) {
        reading.readers().add(new Reader(member, limit));
        member.beginReading(reading);
        return;
      }
    }
    int batches = room.size() > 1 ? BATCHES_IN_SHARED_PAGE : 1;
    int count = batches * limit.messages() + 1;
    List<Reader> readers = new ArrayList<>(List.of(new Reader(member, limit)));
    Reading reading = new Reading(member.sent, count - 1, readers);
    readings.add(reading);
    member.beginReading(reading);
    long bytes = batches * limit.characters();
    context.whenDone(
        context.roomLog().read(room.name(), after, count, bytes),
        (page, failure) -> onPage(reading, page, failure));
  }

  private void onPage(Reading reading, LogPage page, SnapperException failure) {
    readings.remove(reading);
    if (failure != null) {
      LOG.log(
          Level.DEBUG, () -> "room " + room.name() + " can't be read yet: " + failure.getMessage());
      context.later(RETRY_DELAY_MS, () -> release(reading));
      return;
    }
    boolean isOtherLog =
        !page.state().epoch().equals(room.epoch())
            || room.isReplacedIn(page)
            || page.state().top() <= reading.after() && page.state().top() < room.top();
    if (isOtherLog) {
      room.askAndThen(() -> release(reading));
      return;
    }
    Page shared = new Page(page.messages(), new HashMap<>(), context.nanoTime().getAsLong());
    if (!page.messages().isEmpty()) {
      keep(shared);
    }
    for (Reader reader : reading.readers()) {
      Member member = reader.member();
      // It may have been placed elsewhere, or have left, while the read was under way; and it may
      // be here twice, if it came back to where it was.
      boolean isWaiting = member.endReading(reading);
      if (isWaiting && !member.isOut() && room.epoch().equals(member.epoch)) {
        give(reader, page.firstRetained(), shared);
      }
    }
    room.wakeMembers();
  }

  private void release(Reading reading) {
    reading.readers().forEach(reader -> reader.member().endReading(reading));
    room.wakeMembers();
  }

  private void keep(Page page) {
    if (pages.isEmpty()) {
      wakeups.onTailInUse(room);
    }
    if (pages.size() == MAX_PAGES) {
      pages.removeFirst();
    }
    pages.addLast(page);
  }

  /** The member gets its part of the page at once: the page may be gone when its turn comes. */
  private void give(Reader reader, long firstRetained, Page page) {
    Member member = reader.member();
    if (firstRetained > member.sent + 1) {
      room.notifyGap(member, member.sent + 1, Math.min(firstRetained - 1, member.until));
      member.skipTo(firstRetained - 1);
      wakeups.onMoved(member);
      if (member.isFinished()) {
        wakeups.onFinished(member);
        return;
      }
    }
    if (page.messages().isEmpty() || page.first() > member.sent + 1) {
      return;
    }
    Message there = page.at(member.sent);
    if (there != null && member.sentTimeMs != 0 && there.publishedAtMs() != member.sentTimeMs) {
      room.relocate(member);
      return;
    }
    boolean isStillUnchecked = there == null && !member.isChecked && member.sentTimeMs != 0;
    if (isStillUnchecked && firstRetained <= member.sent) {
      // The page was read for another member.
      return;
    }
    member.isChecked = true;
    if (page.last() <= member.sent) {
      // The message at its place has filled the page.
      if (member.isBehind()) {
        read(member, reader.limit());
      }
      return;
    }
    Run run = cut(page, member, reader.limit(), true);
    if (run != null) {
      member.fetched.add(run);
      wakeups.onBehind(member);
    }
  }

  /** The log has a new epoch. */
  void forgetPages() {
    pages.clear();
  }

  /** Returns whether no page is left. */
  boolean dropOldPages() {
    long oldest = context.nanoTime().getAsLong() - PAGE_LIFE_NANOS;
    while (!pages.isEmpty() && pages.peekFirst().readAtNanos() - oldest < 0) {
      pages.removeFirst();
    }
    return pages.isEmpty();
  }
}
