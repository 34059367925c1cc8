package io.snapper.core.delivery;

import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.MailboxUpdate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes acknowledged positions to the mailboxes, those of all consumers of a lane together, once
 * per interval. Owned by the lane.
 */
final class CursorWriter {
  private final LaneContext context;
  private final Consumer<LaneSession> onStale;
  private List<LaneSession> moved = new ArrayList<>();
  private long nextWriteNanos;
  private boolean isWriting;

  /**
   * Creates a writer.
   *
   * @param onStale gets the sessions whose mailbox did not take the write: somebody else has
   *     claimed it, or it is gone
   */
  CursorWriter(LaneContext context, Consumer<LaneSession> onStale) {
    this.context = context;
    this.onStale = onStale;
    this.nextWriteNanos = context.nanoTime().getAsLong();
  }

  void onMoved(LaneSession session) {
    if (!session.isCursorDirty && session.fence > 0) {
      session.isCursorDirty = true;
      moved.add(session);
    }
  }

  void onTick(long nowNanos) {
    if (isWriting || moved.isEmpty() || nowNanos - nextWriteNanos < 0) {
      return;
    }
    nextWriteNanos = nowNanos + context.options().cursorInterval().toNanos();
    write();
  }

  private void write() {
    List<LaneSession> sessions = moved;
    moved = new ArrayList<>(sessions.size());
    List<MailboxUpdate> updates = new ArrayList<>(sessions.size());
    List<Written> written = new ArrayList<>(sessions.size());
    for (LaneSession session : sessions) {
      session.isCursorDirty = false;
      if (!session.hasEnded()) {
        List<Member> members = membersToBeWritten(session);
        MailboxUpdate update = updateOf(session, members);
        updates.add(update);
        written.add(new Written(session, members, update));
      }
    }
    if (updates.isEmpty()) {
      return;
    }
    isWriting = true;
    context.whenDone(
        context.mailboxes().save(updates),
        (stale, failure) -> {
          isWriting = false;
          for (Written entry : written) {
            if (failure != null) {
              onMoved(entry.session());
            } else if (stale.contains(entry.session().consumer())) {
              onStale.accept(entry.session());
            } else {
              entry.remember();
            }
          }
        });
  }

  private static List<Member> membersToBeWritten(LaneSession session) {
    List<Member> members = new ArrayList<>(2);
    for (Member member : session.members.values()) {
      if (member.hasUnsavedPosition() && !isBehindHeldBackGap(member)) {
        members.add(member);
      }
    }
    return members;
  }

  /** A place behind a gap waits for the notice to go out: it could not be made up for later. */
  private static boolean isBehindHeldBackGap(Member member) {
    for (GapNotice gap : member.session.gapsHeldBack) {
      if (gap.room().equals(member.room.name())) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the mailbox should know of the session now. */
  MailboxUpdate updateOf(LaneSession session) {
    return updateOf(session, membersToBeWritten(session));
  }

  private static MailboxUpdate updateOf(LaneSession session, List<Member> members) {
    Map<RoomName, Position> cursors = new LinkedHashMap<>(4);
    for (Member member : members) {
      cursors.put(member.room.name(), member.acknowledgedPosition());
    }
    Optional<BatchExtent> inFlight = session.unresumed;
    if (session.inFlight != null && session.isInFlightStored) {
      inFlight = Optional.of(session.inFlight.extent());
    }
    return new MailboxUpdate(
        session.consumer(), session.fence, ++session.updates, cursors, inFlight);
  }

  /**
   * The members are those of the time of writing: one that has come anew since starts elsewhere.
   */
  private record Written(LaneSession session, List<Member> members, MailboxUpdate update) {
    void remember() {
      members.forEach(member -> member.saved = update.cursors().get(member.room.name()));
    }
  }
}
