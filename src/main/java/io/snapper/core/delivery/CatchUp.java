package io.snapper.core.delivery;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Message;
import io.snapper.core.store.LogPage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a room's log for members that are further behind than memory reaches, one page at a time.
 * Members at the same place share a read. Owned by the lane.
 */
final class CatchUp {
  private static final Logger LOG = System.getLogger(CatchUp.class.getName());
  private static final long RETRY_DELAY_MS = 500;

  private final LocalRoom room;
  private final LaneContext context;
  private final LocalRoom.Wakeups wakeups;
  private final Map<Long, List<Member>> reads = new HashMap<>(0);

  CatchUp(LocalRoom room, LaneContext context, LocalRoom.Wakeups wakeups) {
    this.room = room;
    this.context = context;
    this.wakeups = wakeups;
  }

  /**
   * Reads the log for a member that memory can't serve; members at the same place share the read.
   */
  void read(Member member) {
    member.isReading = true;
    long after = member.sent;
    List<Member> readers = reads.get(after);
    if (readers != null) {
      readers.add(member);
      return;
    }
    readers = new ArrayList<>(1);
    readers.add(member);
    reads.put(after, readers);
    DeliveryOptions options = context.options();
    context.whenDone(
        context
            .roomLog()
            .read(room.name(), after, options.batchMessages(), options.batchCharacters()),
        (page, failure) -> onPage(after, page, failure));
  }

  private void onPage(long after, LogPage page, SnapperException failure) {
    List<Member> readers = reads.remove(after);
    if (failure != null) {
      LOG.log(
          Level.DEBUG, () -> "room " + room.name() + " can't be read yet: " + failure.getMessage());
      context.later(
          RETRY_DELAY_MS,
          () -> {
            readers.forEach(member -> member.isReading = false);
            room.wakeMembers();
          });
      return;
    }
    readers.forEach(member -> member.isReading = false);
    if (!page.state().epoch().equals(room.epoch())) {
      room.onState(page.state());
      return;
    }
    List<Message> messages = page.messages();
    Run run = messages.isEmpty() ? null : Run.of(room, room.epoch(), messages);
    for (Member member : readers) {
      // It may have been placed elsewhere, or have left, while the read was under way.
      if (member.session.hasEnded() || !room.epoch().equals(member.epoch) || member.sent != after) {
        continue;
      }
      if (page.firstRetained() > after + 1) {
        skip(member, page.firstRetained() - 1);
      }
      Run wanted = run == null ? null : upTo(member.until, run);
      if (wanted != null) {
        member.fetched.add(wanted);
      }
      if (member.isBehind()) {
        wakeups.onBehind(member);
      }
    }
    if (run == null && page.state().top() < room.top()) {
      room.verify(-1);
    } else {
      room.wakeMembers();
    }
  }

  /** A member that has left gets nothing from after that. */
  private Run upTo(long until, Run run) {
    if (run.to() <= until) {
      return run;
    }
    List<Message> kept =
        run.messages().stream().filter(message -> message.offset() <= until).toList();
    return kept.isEmpty() ? null : Run.of(room, run.epoch(), kept);
  }

  /**
   * The log has lost what comes before {@code offset + 1}: the member goes on from there and is
   * told so.
   */
  private void skip(Member member, long offset) {
    room.notifyGap(member, member.sent + 1, offset);
    if (member.acknowledged == member.sent) {
      member.acknowledged = offset;
      wakeups.onMoved(member);
    }
    member.sent = offset;
  }
}
