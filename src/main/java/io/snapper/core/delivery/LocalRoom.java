package io.snapper.core.delivery;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Message;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * A room as a lane sees it while it has members there: where its log stands, the recent messages,
 * the members.
 *
 * <p>Pushes that continue the known top are used as they are. Anything else (a hole, another epoch,
 * a top that went back) makes the room ask the log, and pushes wait until that is settled. Owned by
 * the lane.
 */
final class LocalRoom {
  private static final Logger LOG = System.getLogger(LocalRoom.class.getName());
  private static final int MAX_WAITING_PUSHES = 1000;
  private static final long RETRY_DELAY_MS = 500;

  private final RoomName name;
  private final LaneContext context;
  private final Wakeups wakeups;
  private final List<Member> members = new ArrayList<>(1);
  private final MessageTail tail;
  private final List<Push.RoomMessages> waiting = new ArrayList<>(0);
  private String epoch;
  private long top;
  private boolean isAsking;
  private final CatchUp catchUp;
  private Run lastRun;
  private long lastRunTop;
  private long lastAppendNanos;

  /** What a room tells its lane. */
  interface Wakeups {
    /** The member has something to send. */
    void onBehind(Member member);

    /** The member's position changed without an acknowledgement. */
    void onMoved(Member member);

    /** The room keeps messages in memory from now on. */
    void onTailInUse(LocalRoom room);
  }

  LocalRoom(RoomName name, LaneContext context, Wakeups wakeups) {
    this.catchUp = new CatchUp(this, context, wakeups);
    this.name = name;
    this.context = context;
    this.wakeups = wakeups;
    this.tail =
        new MessageTail(context.options().tailMessages(), context.options().tailCharacters());
  }

  RoomName name() {
    return name;
  }

  long top() {
    return top;
  }

  String epoch() {
    return epoch;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  int size() {
    return members.size();
  }

  void countInto(MemoryCount count) {
    count.addRoom(tail, waiting.size());
  }

  void add(Member member) {
    member.index = members.size();
    members.add(member);
    if (epoch != null) {
      place(member, false);
    }
  }

  void remove(Member member) {
    Member last = members.remove(members.size() - 1);
    if (last != member) {
      members.set(member.index, last);
      last.index = member.index;
    }
  }

  /** The state of the log was read after the room was watched. */
  void onState(RoomState state) {
    if (epoch == null) {
      epoch = state.epoch();
      top = state.top();
      for (Member member : List.copyOf(members)) {
        place(member, true);
      }
    } else if (!epoch.equals(state.epoch())) {
      onNewEpoch(state);
    } else if (state.top() > top) {
      repair();
      return;
    }
    applyWaiting();
  }

  /** Gives a member its place; {@code isFresh}: the top was read after the member's cursor. */
  private void place(Member member, boolean isFresh) {
    Position start = member.saved;
    if (start == null) {
      member.placeAt(epoch, top);
      wakeups.onMoved(member);
    } else if (start.epoch().equals(epoch)) {
      member.placeAt(epoch, start.offset());
      if (start.offset() > top) {
        verify(isFresh ? start.offset() : -1);
      }
    } else {
      restart(member, start.offset());
    }
    if (member.isBehind()) {
      wakeups.onBehind(member);
    }
  }

  void onPush(Push.RoomMessages push) {
    if (epoch == null || isAsking) {
      if (waiting.size() < MAX_WAITING_PUSHES) {
        waiting.add(push);
      }
      return;
    }
    List<Message> messages = push.messages();
    long first = messages.get(0).offset();
    long last = messages.get(messages.size() - 1).offset();
    if (!push.epoch().equals(epoch) || last <= top) {
      verify(-1);
    } else if (first > top + 1) {
      waiting.add(push);
      repair();
    } else {
      append(messages);
      wakeMembers();
    }
  }

  private void append(List<Message> messages) {
    if (tail.isEmpty()) {
      wakeups.onTailInUse(this);
    }
    for (Message message : messages) {
      if (message.offset() == top + 1) {
        tail.append(message);
        top = message.offset();
      }
    }
    lastAppendNanos = context.nanoTime().getAsLong();
  }

  void wakeMembers() {
    for (int index = 0; index < members.size(); index++) {
      Member member = members.get(index);
      if (!member.isQueued && !member.isReading && member.isBehind()) {
        wakeups.onBehind(member);
      }
    }
  }

  private void applyWaiting() {
    if (waiting.isEmpty() || isAsking) {
      return;
    }
    List<Push.RoomMessages> pushes = List.copyOf(waiting);
    waiting.clear();
    for (Push.RoomMessages push : pushes) {
      boolean isNews =
          push.epoch().equals(epoch)
              && push.messages().get(push.messages().size() - 1).offset() > top;
      if (isAsking || isNews) {
        onPush(push);
      }
    }
  }

  /** Messages are missing between the known top and a push: reads them. */
  private void repair() {
    isAsking = true;
    long after = top;
    DeliveryOptions options = context.options();
    context.whenDone(
        context.roomLog().read(name, after, options.tailMessages(), options.tailCharacters()),
        (page, failure) -> {
          isAsking = false;
          if (failure != null) {
            askAgain(this::repair, failure);
          } else if (!page.state().epoch().equals(epoch)) {
            onNewEpoch(page.state());
            applyWaiting();
          } else {
            onRepairPage(page);
          }
        });
  }

  private void onRepairPage(LogPage page) {
    if (page.firstRetained() > top + 1) {
      // Members that needed these find out when they read the log themselves.
      tail.clear();
      top = page.firstRetained() - 1;
    }
    append(page.messages());
    wakeMembers();
    if (page.state().top() > top && !page.messages().isEmpty()) {
      repair();
    } else {
      applyWaiting();
    }
  }

  /** Something contradicts what is known: asks the log where it stands. */
  void verify(long knownOffset) {
    if (isAsking) {
      return;
    }
    isAsking = true;
    long topBefore = Math.max(top, knownOffset);
    context.whenDone(
        context.roomLog().state(name),
        (state, failure) -> {
          isAsking = false;
          if (failure != null) {
            askAgain(() -> verify(knownOffset), failure);
          } else if (state.epoch().equals(epoch) && state.top() < topBefore) {
            renewEpoch(state.top());
          } else {
            onState(state);
          }
        });
  }

  private void askAgain(Runnable question, SnapperException failure) {
    LOG.log(Level.DEBUG, () -> "room " + name + " can't be read yet: " + failure.getMessage());
    isAsking = true;
    context.later(
        RETRY_DELAY_MS,
        () -> {
          isAsking = false;
          question.run();
        });
  }

  /** The store has forgotten messages after {@code fork} that were delivered here. */
  private void renewEpoch(long fork) {
    isAsking = true;
    String lostEpoch = epoch;
    LOG.log(Level.WARNING, "room {0}: the store lost messages after {1} of {2}", name, fork, top);
    context.whenDone(
        context.roomLog().renewEpoch(name, lostEpoch, fork),
        (state, failure) -> {
          isAsking = false;
          if (failure != null) {
            askAgain(() -> renewEpoch(fork), failure);
            return;
          }
          epoch = state.epoch();
          tail.clear();
          lastRun = null;
          for (Member member : List.copyOf(members)) {
            long keep = Math.min(member.acknowledged, fork);
            notifyGap(member, fork + 1, Math.max(top, member.sent));
            member.placeAt(epoch, keep);
            wakeups.onMoved(member);
          }
          top = state.top();
          wakeMembers();
          applyWaiting();
        });
  }

  /** The log began anew: everything in it is new to the members, and nobody knows what was lost. */
  private void onNewEpoch(RoomState state) {
    epoch = state.epoch();
    top = state.top();
    tail.clear();
    lastRun = null;
    for (Member member : List.copyOf(members)) {
      restart(member, member.isPlaced() ? member.sent : 0);
    }
    wakeMembers();
  }

  private void restart(Member member, long lastOffset) {
    notifyGap(member, lastOffset + 1, lastOffset);
    member.placeAt(epoch, member.isDurable ? 0 : top);
    wakeups.onMoved(member);
  }

  void notifyGap(Member member, long from, long to) {
    if (!member.session.hasEnded()) {
      member.session.notifyGap(new GapNotice(name, from, to, epoch));
    }
  }

  /**
   * Returns what comes next for a member that is behind: from what was read for it, else from
   * memory; null if the log must be read.
   */
  Run next(Member member, int maxMessages, long maxCharacters) {
    if (!member.fetched.isEmpty()) {
      return member.fetched.peek();
    }
    if (!tail.reachesBackTo(member.sent)) {
      return null;
    }
    boolean isShared =
        member.until == Long.MAX_VALUE
            && maxMessages == context.options().batchMessages()
            && maxCharacters == context.options().batchCharacters();
    if (isShared
        && lastRun != null
        && lastRun.from() == member.sent + 1
        && (lastRunTop == top || lastRun.messages().size() == maxMessages)) {
      return lastRun;
    }
    int count = (int) Math.min(maxMessages, member.until - member.sent);
    Run run = Run.of(this, epoch, tail.after(member.sent, count, maxCharacters));
    if (isShared) {
      lastRun = run;
      lastRunTop = top;
    }
    return run;
  }

  /** Reads the log for a member that memory can't serve. */
  void read(Member member) {
    catchUp.read(member);
  }

  /**
   * Forgets the messages in memory if none came since {@code sinceNanos}; returns whether there are
   * none now.
   */
  boolean dropTailIfUnused(long sinceNanos) {
    if (lastAppendNanos - sinceNanos < 0) {
      tail.clear();
      lastRun = null;
    }
    return tail.isEmpty();
  }
}
