package io.snapper.core.delivery;

import io.snapper.core.error.CloseReason;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.store.BatchExtent.Segment;
import io.snapper.core.store.MailboxUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Keeps one batch in flight per consumer: what arrives while it waits for the acknowledgement goes
 * in the next one, so batches grow with load. Owned by the lane.
 */
final class Pump {
  private static final long MAX_REJECTION_DELAY_MS = 30_000;
  private static final long FIRST_REJECTION_DELAY_MS = 1_000;

  private final LaneContext context;
  private final CursorWriter cursors;
  private final Ending ending;
  private final InFlight inFlight;
  private final ArrayDeque<LaneSession> ready = new ArrayDeque<>();
  private final List<Unsent> toStore = new ArrayList<>();
  private long acknowledgedMessages;

  /**
   * A batch that the mailbox must know before it goes out. The consumer may have got it before, and
   * acknowledge it meanwhile: then there is nothing to send, or another batch that isn't stored
   * yet.
   */
  private record Unsent(LaneSession session, Batch batch) {
    boolean isDue() {
      return !session.hasEnded() && session.inFlight == batch && session.isInFlightUnsent;
    }
  }

  /** Ends sessions that can't go on. */
  interface Ending {
    void end(LaneSession session, CloseReason reason);

    /** {@link #onCheck} is due at the session's {@code inFlightDeadlineNanos}. */
    void onDeadline(LaneSession session);

    /** The mailbox has been claimed by somebody else, or is gone. */
    void onStale(LaneSession session);

    /** The member has got everything that it should get after it left its room. */
    void finishLeave(Member member);
  }

  Pump(LaneContext context, CursorWriter cursors, Ending ending) {
    this.context = context;
    this.cursors = cursors;
    this.ending = ending;
    this.inFlight = new InFlight(context);
  }

  /** Returns the size of what is sent and not acknowledged. */
  long inFlightCharacters() {
    return inFlight.characters();
  }

  /** Returns the number of messages that consumers of this lane have acknowledged. */
  long acknowledgedMessages() {
    return acknowledgedMessages;
  }

  /**
   * The member has something to send; it goes at the end of this turn unless a batch is in flight.
   */
  void onBehind(Member member) {
    if (!member.isQueued) {
      member.isQueued = true;
      member.session.queue.add(member);
    }
    makeReady(member.session);
  }

  void makeReady(LaneSession session) {
    if (!session.isReady
        && session.inFlight == null
        && session.phase == LaneSession.Phase.LIVE
        && !session.queue.isEmpty()) {
      session.isReady = true;
      ready.add(session);
    }
  }

  /** Sends to everybody who became ready. */
  void onTurnEnd() {
    if (!ready.isEmpty()) {
      long nowNanos = context.nanoTime().getAsLong();
      LaneSession session;
      while ((session = ready.poll()) != null) {
        session.isReady = false;
        boolean isIdle = session.inFlight == null && session.phase == LaneSession.Phase.LIVE;
        if (isIdle && isCertain(session, nowNanos)) {
          fill(session);
        }
      }
    }
    storeThenSend();
  }

  /**
   * Returns whether the mailbox can't be another node's. If the lease has run out, it may be: what
   * is due then waits for {@link #onCertain}, and the new term of the lease brings that about.
   */
  private boolean isCertain(LaneSession session, long nowNanos) {
    return context.lease().isHeld(nowNanos) && session.term == context.lease().term();
  }

  /** The mailbox was compared: what was held back goes out. */
  void onCertain(LaneSession session) {
    List<GapNotice> gaps = List.copyOf(session.gapsHeldBack);
    session.gapsHeldBack.clear();
    gaps.forEach(notice -> notifyGap(session, notice));
    // What was refused under an earlier claim, and places behind these gaps, are not written yet.
    cursors.onMoved(session);
    if (!session.isInFlightHeldBack) {
      makeReady(session);
    } else if (context.options().isStrict()) {
      // The mailbox may have been lost meanwhile, and the batch with it.
      session.isInFlightHeldBack = false;
      storeFirst(session);
    } else {
      send(session);
    }
  }

  void notifyGap(LaneSession session, GapNotice notice) {
    boolean isFirst = session.gapsHeldBack.isEmpty();
    if (isFirst && isCertain(session, context.nanoTime().getAsLong())) {
      session.connection.notifyGap(notice);
    } else {
      session.gapsHeldBack.add(notice);
    }
  }

  private void fill(LaneSession session) {
    BatchLimit limit = inFlight.batchLimit();
    ArrayDeque<Member> queue = session.queue;
    Run first = null;
    Member firstMember = null;
    List<Run> runs = null;
    List<LocalRoom> rooms = null;
    List<Member> toRead = null;
    int messages = 0;
    long characters = 0;
    int turns = queue.size();
    while (turns-- > 0 && messages < limit.messages()) {
      Member member = queue.peek();
      Run run = null;
      if (member.isBehind()) {
        boolean isFirst = first == null;
        run =
            member.room.next(
                member, isFirst ? limit : limit.without(messages, characters), isFirst);
        if (run == null && !member.isReading()) {
          toRead = toRead == null ? new ArrayList<>(1) : toRead;
          toRead.add(member);
        }
      }
      if (run == null) {
        queue.poll();
        member.isQueued = false;
        continue;
      }
      boolean hasRoom =
          messages + run.messages().size() <= limit.messages()
              && characters + run.characters() <= limit.characters();
      if (first != null && !hasRoom) {
        break;
      }
      take(member, run);
      messages += run.messages().size();
      characters += run.characters();
      if (first == null) {
        first = run;
        firstMember = member;
      } else {
        if (runs == null) {
          runs = new ArrayList<>(List.of(first));
          rooms = new ArrayList<>(List.of(firstMember.room));
        }
        runs.add(run);
        rooms.add(member.room);
      }
    }
    if (toRead != null) {
      read(toRead, limit);
    }
    if (first != null) {
      session.inFlightMember = runs == null ? firstMember : null;
      start(session, runs == null ? first.batch() : Batches.ofRuns(rooms, runs));
    }
  }

  /**
   * What is read waits in memory until it is its turn, and that may be long: of many rooms together
   * it is about a batch, or a consumer that doesn't acknowledge would hold one for each.
   */
  private static void read(List<Member> members, BatchLimit limit) {
    BatchLimit part = limit.dividedBy(members.size());
    members.forEach(member -> member.room.read(member, part));
  }

  /** The member's messages go out; if it has more, its turn comes again after the other rooms. */
  private static void take(Member member, Run run) {
    ArrayDeque<Member> queue = member.session.queue;
    queue.poll();
    if (member.fetched.peek() == run) {
      member.fetched.poll();
    }
    member.sent = run.to();
    member.sentTimeMs = run.toTimeMs();
    member.room.onSent(member);
    member.isQueued = member.isBehind();
    if (member.isQueued) {
      queue.add(member);
    }
  }

  private void start(LaneSession session, Batch batch) {
    session.inFlight = batch;
    inFlight.add(batch);
    session.isInFlightStored = false;
    session.inFlightTimeouts = 0;
    session.rejections = 0;
    if (context.options().isStrict()) {
      storeFirst(session);
    } else {
      send(session);
    }
  }

  private void storeFirst(LaneSession session) {
    session.isInFlightUnsent = true;
    toStore.add(new Unsent(session, session.inFlight));
  }

  private void send(LaneSession session) {
    long nowNanos = context.nanoTime().getAsLong();
    session.isInFlightUnsent = false;
    session.isInFlightHeldBack = !isCertain(session, nowNanos);
    if (session.isInFlightHeldBack) {
      return;
    }
    session.isRejected = false;
    session.inFlightDeadlineNanos = nowNanos + context.options().acknowledgementTimeout().toNanos();
    ending.onDeadline(session);
    session.connection.deliver(session.inFlight);
  }

  /** Strict: the mailbox learns of the batches before the consumers do. */
  private void storeThenSend() {
    if (!toStore.isEmpty()) {
      List<Unsent> batches = List.copyOf(toStore);
      toStore.clear();
      storeThenSend(batches);
    }
  }

  private void storeThenSend(List<Unsent> batches) {
    List<Unsent> due = batches.stream().filter(Unsent::isDue).toList();
    if (due.isEmpty()) {
      return;
    }
    due.forEach(unsent -> unsent.session().isInFlightStored = true);
    List<MailboxUpdate> updates =
        due.stream().map(unsent -> cursors.updateOf(unsent.session())).toList();
    context.whenDone(
        context.mailboxes().save(updates),
        (stale, failure) -> onStored(due, failure == null ? stale : Set.of(), failure != null));
  }

  private void onStored(List<Unsent> batches, Set<ConsumerId> stale, boolean hasFailed) {
    List<Unsent> again = new ArrayList<>(0);
    for (Unsent unsent : batches) {
      LaneSession session = unsent.session();
      boolean isStale = !session.hasEnded() && stale.contains(session.consumer());
      if (isStale) {
        ending.onStale(session);
      }
      if (unsent.isDue()) {
        if (isStale || hasFailed) {
          again.add(unsent);
        } else {
          send(session);
        }
      }
    }
    if (!again.isEmpty()) {
      // Not before then: this turn's end would try again at once, and so would the next. A stale
      // session has ended by then, or has a new claim.
      context.later(FIRST_REJECTION_DELAY_MS, () -> storeAgain(again));
    }
  }

  /** Each partition by itself: one whose master is away must not hold up the others. */
  private void storeAgain(List<Unsent> batches) {
    Map<Integer, List<Unsent>> byPartition =
        batches.stream()
            .collect(
                Collectors.groupingBy(
                    unsent -> context.pushes().partitionOf(unsent.session().consumer())));
    byPartition.values().forEach(this::storeThenSend);
  }

  /** Sends a batch again that an earlier connection got and didn't acknowledge. */
  void resume(LaneSession session, Optional<Batch> restored) {
    session.phase = LaneSession.Phase.LIVE;
    boolean isLost = session.unresumed.isPresent() && restored.isEmpty();
    session.unresumed = Optional.empty();
    if (isLost) {
      // The mailbox names a batch that can't be sent again, until it is written.
      cursors.onMoved(session);
    }
    if (restored.isPresent()) {
      session.inFlight = restored.get();
      inFlight.add(session.inFlight);
      session.inFlightMember = null;
      session.isInFlightStored = true;
      send(session);
    } else {
      makeReady(session);
    }
  }

  void onAcknowledge(LaneSession session, String batchId) {
    Batch batch = session.inFlight;
    if (batch == null || !batch.id().equals(batchId)) {
      return;
    }
    acknowledgedMessages += batch.messages().size();
    session.inFlight = null;
    inFlight.remove(batch);
    session.isInFlightHeldBack = false;
    session.isInFlightUnsent = false;
    if (session.inFlightMember != null) {
      move(session.inFlightMember, batch.extent().segments().get(0));
      session.inFlightMember = null;
    } else {
      for (Segment segment : batch.extent().segments()) {
        Member member = session.members.get(segment.room());
        if (member != null) {
          move(member, segment);
        }
      }
    }
    cursors.onMoved(session);
    makeReady(session);
  }

  /** Nothing that the session was sent is waited for any more. */
  void onEnded(LaneSession session) {
    if (session.inFlight != null) {
      inFlight.remove(session.inFlight);
    }
  }

  private void move(Member member, Segment segment) {
    member.acknowledge(segment);
    if (member.lateGap != null) {
      notifyGap(member.session, member.lateGap);
      member.lateGap = null;
    }
    if (member.isFinished()) {
      ending.finishLeave(member);
    }
  }

  void onReject(LaneSession session, String batchId) {
    if (session.inFlight == null || !session.inFlight.id().equals(batchId) || session.isRejected) {
      return;
    }
    long delayMs = FIRST_REJECTION_DELAY_MS << Math.min(session.rejections, 5);
    session.rejections++;
    session.isRejected = true;
    session.inFlightDeadlineNanos =
        context.nanoTime().getAsLong()
            + TimeUnit.MILLISECONDS.toNanos(Math.min(delayMs, MAX_REJECTION_DELAY_MS));
    ending.onDeadline(session);
  }

  /**
   * Looks at the deadline of the batch in flight. Called when it has passed, within about a second;
   * doing it more often changes nothing.
   *
   * @return whether there is a deadline now
   */
  boolean onCheck(LaneSession session, long nowNanos) {
    boolean isWaiting =
        session.phase == LaneSession.Phase.LIVE
            && session.inFlight != null
            && !session.isInFlightUnsent
            && !session.isInFlightHeldBack;
    if (isWaiting && nowNanos - session.inFlightDeadlineNanos >= 0) {
      if (session.isRejected || session.inFlightTimeouts++ == 0) {
        send(session);
      } else {
        ending.end(session, CloseReason.ACKNOWLEDGEMENT_TIMEOUT);
      }
    }
    return isWaiting;
  }
}
