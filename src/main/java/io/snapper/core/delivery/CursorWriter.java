package io.snapper.core.delivery;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.MailboxUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes acknowledged positions to the store, those of all consumers of a lane together, once per
 * interval: as notes beside the mailboxes, and from time to time into the mailboxes themselves.
 * That also finds the sessions whose mailbox somebody else has claimed. Owned by the lane.
 *
 * <p>A note says nothing of a batch in flight. So the mailbox itself is written first under each
 * claim, and as long as it names a batch.
 */
final class CursorWriter {
  /** How long a position may be in a note only, in ms; half of it at least. */
  private static final long SAVE_INTERVAL_MS = 20_000;

  /** A note names each room that moved since the mailbox was written; not more than these. */
  private static final int MAX_NOTED_ROOMS = 16;

  /**
   * How long the note of a session that has ended stays, in ms: another node may be about to read
   * it, because the last state did not come in time.
   */
  private static final long NOTE_LIFE_MS = 10 * SessionOpener.HANDOVER_TIMEOUT_MS;

  /** How many notes are dropped at a time. */
  private static final int MAX_DROPPED = 1_024;

  private final LaneContext context;
  private final Consumer<LaneSession> onStale;
  private final Function<ConsumerId, LaneSession> sessions;
  private List<LaneSession> moved = new ArrayList<>();
  private final PriorityQueue<DueSave> dueSaves = new PriorityQueue<>();
  private final ArrayDeque<EndedNote> endedNotes = new ArrayDeque<>();
  private long nextWriteNanos;
  private int writesUnderWay;
  private boolean isDropping;

  /**
   * Creates a writer.
   *
   * @param onStale gets the sessions whose mailbox did not take the write: somebody else has
   *     claimed it, or it is gone
   * @param sessions the lane's session of a consumer now, or null
   */
  CursorWriter(
      LaneContext context,
      Consumer<LaneSession> onStale,
      Function<ConsumerId, LaneSession> sessions) {
    this.context = context;
    this.onStale = onStale;
    this.sessions = sessions;
    this.nextWriteNanos = context.nanoTime().getAsLong();
  }

  void onMoved(LaneSession session) {
    if (!session.isCursorDirty && session.fence > 0) {
      session.isCursorDirty = true;
      moved.add(session);
    }
  }

  /** The session is over, and its last state is on its way. */
  void onEnded(LaneSession session) {
    if (session.hasNote) {
      long dropNanos = context.nanoTime().getAsLong() + TimeUnit.MILLISECONDS.toNanos(NOTE_LIFE_MS);
      endedNotes.add(new EndedNote(session.consumer(), dropNanos));
    }
  }

  void onTick(long nowNanos) {
    if (nowNanos - nextWriteNanos < 0) {
      return;
    }
    while (!dueSaves.isEmpty() && nowNanos - dueSaves.peek().atNanos() >= 0) {
      LaneSession session = sessions.apply(dueSaves.poll().consumer());
      if (session != null && session.isSaveDue) {
        session.notableFence = 0;
        onMoved(session);
      }
    }
    if (!isDropping) {
      dropEndedNotes(nowNanos);
    }
    if (writesUnderWay == 0 && !moved.isEmpty()) {
      nextWriteNanos = nowNanos + context.options().cursorInterval().toNanos();
      write(nowNanos);
    }
  }

  private void write(long nowNanos) {
    List<LaneSession> sessionsNow = moved;
    moved = new ArrayList<>(sessionsNow.size());
    List<Written> saves = new ArrayList<>();
    List<Written> notes = new ArrayList<>(sessionsNow.size());
    for (LaneSession session : sessionsNow) {
      session.isCursorDirty = false;
      if (!session.hasEnded()) {
        List<Member> members = membersToBeWritten(session);
        boolean isNotable = isNotable(session, members);
        Written entry = new Written(session, members, updateOf(session, members, Map.of()));
        (isNotable ? notes : saves).add(entry);
      }
    }
    if (!saves.isEmpty()) {
      writesUnderWay++;
      context.whenDone(
          context.mailboxes().save(updatesOf(saves)),
          (stale, failure) -> onSaved(saves, stale, failure));
    }
    if (!notes.isEmpty()) {
      writesUnderWay++;
      notes.forEach(entry -> entry.session().hasNote = true);
      context.whenDone(
          context.mailboxes().note(context.node(), updatesOf(notes)),
          (done, failure) -> onNoted(notes, failure, nowNanos));
    }
  }

  private static boolean isNotable(LaneSession session, List<Member> members) {
    return session.notableFence == session.fence && members.size() <= MAX_NOTED_ROOMS;
  }

  private static List<MailboxUpdate> updatesOf(List<Written> entries) {
    return entries.stream().map(Written::update).toList();
  }

  private void onSaved(List<Written> saves, Set<ConsumerId> stale, SnapperException failure) {
    writesUnderWay--;
    for (Written entry : saves) {
      if (failure != null) {
        onMoved(entry.session());
      } else if (stale.contains(entry.session().consumer())) {
        onStale.accept(entry.session());
      } else {
        entry.remember();
      }
    }
  }

  private void onNoted(List<Written> notes, SnapperException failure, long sinceNanos) {
    writesUnderWay--;
    for (Written entry : notes) {
      if (failure != null) {
        // A full store takes no notes, but still what is in their place.
        entry.session().notableFence = 0;
        onMoved(entry.session());
      } else if (!entry.session().isSaveDue) {
        entry.session().isSaveDue = true;
        dueSaves.add(DueSave.of(entry.session().consumer(), sinceNanos));
      }
    }
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
    return updateOf(session, membersToBeWritten(session), Map.of());
  }

  /**
   * Returns what the mailbox should know of a session that ends. The consumer may have come back to
   * rooms that it has left, and nobody will know any more what it had of them.
   */
  MailboxUpdate lastStateOf(LaneSession session) {
    return updateOf(session, membersToBeWritten(session), session.left());
  }

  private static MailboxUpdate updateOf(
      LaneSession session, List<Member> members, Map<RoomName, Position> left) {
    Map<RoomName, Position> cursors = new LinkedHashMap<>(4);
    for (Member member : members) {
      cursors.put(member.room.name(), member.acknowledgedPosition());
    }
    Optional<BatchExtent> inFlight = session.unresumed;
    if (session.inFlight != null && session.isInFlightStored) {
      inFlight = Optional.of(session.inFlight.extent());
    }
    if (inFlight.isPresent()) {
      session.notableFence = 0;
    }
    return new MailboxUpdate(
        session.consumer(), session.fence, ++session.updates, cursors, left, inFlight, false);
  }

  private void dropEndedNotes(long nowNanos) {
    List<ConsumerId> due = new ArrayList<>(0);
    while (due.size() < MAX_DROPPED && isDue(endedNotes.peek(), nowNanos)) {
      ConsumerId consumer = endedNotes.poll().consumer();
      LaneSession next = sessions.apply(consumer);
      if (next == null || !next.hasNote) {
        due.add(consumer);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    isDropping = true;
    context.whenDone(
        context.mailboxes().dropNotes(context.node(), due),
        (done, failure) -> {
          isDropping = false;
          if (failure != null) {
            due.forEach(consumer -> endedNotes.add(new EndedNote(consumer, nowNanos)));
          }
        });
  }

  private static boolean isDue(EndedNote note, long nowNanos) {
    return note != null && nowNanos - note.dropNanos() >= 0;
  }

  /**
   * The members are those of the time of writing: one that has come anew since starts elsewhere.
   */
  private record Written(LaneSession session, List<Member> members, MailboxUpdate update) {
    void remember() {
      members.forEach(member -> member.saved = update.cursors().get(member.room.name()));
      session.isSaveDue = false;
      boolean isLatest = session.updates == update.number() && session.fence == update.fence();
      if (isLatest && update.inFlight().isEmpty()) {
        session.notableFence = update.fence();
      }
    }
  }

  /**
   * When the mailbox of a consumer with a note is written. It does not hold the session, which may
   * end long before.
   */
  private record DueSave(ConsumerId consumer, long atNanos) implements Comparable<DueSave> {
    /** Consumers that are noted at the same time are not all saved at the same time. */
    static DueSave of(ConsumerId consumer, long notedNanos) {
      long halfMs = SAVE_INTERVAL_MS / 2;
      long spreadMs = Math.floorMod(consumer.hashCode(), halfMs);
      return new DueSave(consumer, notedNanos + TimeUnit.MILLISECONDS.toNanos(halfMs + spreadMs));
    }

    @Override
    public int compareTo(DueSave other) {
      return Long.signum(atNanos - other.atNanos);
    }
  }

  private record EndedNote(ConsumerId consumer, long dropNanos) {}
}
